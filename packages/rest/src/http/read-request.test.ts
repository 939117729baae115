import { isAppError } from "@landfall/core/kernel/app-error";
import { createBodyBudget } from "@landfall/core/kernel/request-body";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formObject, parseJson, readBody } from "./read-request.ts";

describe("read body", () => {
  type Body = ConstructorParameters<typeof Response>[0];
  type Sent = { body?: Body; type?: string | null; length?: string; limit?: number };

  const limits = (bytes: number) => ({ bytes, elements: 1000 });

  async function read({ body = null, type = null, length, limit = 1000 }: Sent): Promise<unknown> {
    const headers = { ...(type === null ? {} : { "content-type": type }), ...(length === undefined ? {} : { "content-length": length }) };
    const request = new Request("http://landfall.test/", { method: "POST", body, headers, duplex: "half" });
    if (type === null) request.headers.delete("content-type");
    return (await readBody(request, limits(limit), createBodyBudget()))();
  }

  /** The body as a stream, without a declared length. */
  const streamed = (...parts: string[]): Body => ReadableStream.from(parts.map((part) => new TextEncoder().encode(part)));

  describe("a body is parsed according to its type (contract 1.6)", () => {
    test.each<[string, Sent, unknown]>([
      ["JSON", { body: '{"a":1}', type: "application/json" }, { a: 1 }],
      ["JSON that names its encoding", { body: '{"a":1}', type: "application/json; charset=utf-8" }, { a: 1 }],
      ["JSON in capitals and spaces", { body: '{"a":1}', type: " Application/JSON ;x" }, { a: 1 }],
      ["JSON without a declared length", { body: streamed('{"a"', ":1}"), type: "application/json" }, { a: 1 }],
      ["no body, with a type", { type: "text/plain" }, undefined],
      ["no body, without a type", {}, undefined],
      ["an empty text", { body: "", type: "application/json" }, undefined],
      ["an empty stream", { body: streamed(), type: "application/json" }, undefined],
      [
        "a form",
        { body: "version=1.0&projects=a&projects=b", type: "application/x-www-form-urlencoded" },
        { version: "1.0", projects: ["a", "b"] },
      ],
      [
        "a multipart form, without its files",
        {
          body: '--x\r\nContent-Disposition: form-data; name="ref"\r\n\r\nmain\r\n--x\r\nContent-Disposition: form-data; name="ref"; filename="a"\r\n\r\nfile\r\n--x--\r\n',
          type: "multipart/form-data; boundary=x",
        },
        { ref: "main" },
      ],
      [
        "a multipart form",
        { body: '--x\r\nContent-Disposition: form-data; name="version"\r\n\r\n1.0\r\n--x--\r\n', type: "multipart/form-data; boundary=x" },
        { version: "1.0" },
      ],
    ])("%s", async (_, sent, value) => {
      const found = await read(sent);
      expect(typeof found === "object" ? { ...found } : found).toEqual(value);
    });

    test.each(["text/plain", "application/vnd.api+json", "", "json", "application/json,text/plain", "*/*"])(
      "any other type, such as %j, is 415 with the type as sent",
      async (type) => {
        const body = new TextEncoder().encode("{}");
        const message = `Unsupported media type "${type}" in request.`;
        await expect(read({ body, type })).rejects.toMatchObject({ code: "unsupported_media_type", message });
      },
    );

    test.each<[string, Sent]>([
      ["truncated parts", { body: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', type: "multipart/form-data; boundary=x" }],
      ["another boundary", { body: "--x--\r\n", type: "multipart/form-data; boundary=y" }],
      ["no boundary", { body: "--x--\r\n", type: "multipart/form-data" }],
      ["no parts", { body: "a=1", type: "multipart/form-data; boundary=x" }],
    ])("a form with %s is `invalid`", async (_, sent) => {
      await expect(read(sent)).rejects.toMatchObject({ code: "invalid", message: expect.stringMatching(/^Form parse error - /) });
    });
  });

  describe("a form", () => {
    const urlEncoded = (fields: number) => ({
      body: Array.from({ length: fields }, (_, number) => `f${number}`).join("&"),
      type: "application/x-www-form-urlencoded",
    });
    const multipart = (fields: number) => ({
      body: `${Array.from({ length: fields }, (_, number) => `--x\r\nContent-Disposition: form-data; name="f${number}"\r\n\r\n1\r\n`).join("")}--x--\r\n`,
      type: "multipart/form-data; boundary=x",
    });

    test.each([
      ["that is URL-encoded", urlEncoded],
      ["that is multipart", multipart],
    ])("%s has at most 1,000 fields", async (_, form) => {
      expect(Object.keys(Object(await read({ ...form(1000), limit: 1_000_000 })))).toHaveLength(1000);
      await expect(read({ ...form(1001), limit: 1_000_000 })).rejects.toMatchObject({
        code: "invalid",
        message: expect.stringMatching(/^Form parse error - it has more than 1000 (?:fields|parts)$/),
      });
    });

    test.each(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
      "of the type %s has at most 1 MiB even if JSON may have more",
      async (type) => {
        const limit = 33_554_432;
        const body = `ref=${"x".repeat(1_048_573)}`;
        const tooLarge = { code: "too_large", message: "Request body too large: at most 1048576 bytes are read." };
        await expect(read({ body, type, limit })).rejects.toMatchObject(tooLarge);
        await expect(read({ body: streamed(body), type, limit })).rejects.toMatchObject(tooLarge);
      },
    );

    test("may have one field of that size", async () => {
      const ref = "x".repeat(1_000_000);
      expect({ ...Object(await read({ body: `ref=${ref}`, type: "application/x-www-form-urlencoded", limit: 2_000_000 })) }).toEqual({
        ref,
      });
      const body = `--x\r\nContent-Disposition: form-data; name="ref"\r\n\r\n${ref}\r\n--x--\r\n`;
      expect({ ...Object(await read({ body, type: "multipart/form-data; boundary=x", limit: 2_000_000 })) }).toEqual({ ref });
    });
  });

  describe("the size of a body is limited while it is read", () => {
    const text = JSON.stringify("x".repeat(98));

    test.each<[string, Sent]>([
      ["by its bytes", { body: text }],
      ["by its declared length", { body: text, length: "100" }],
      ["by its bytes, when it is streamed", { body: streamed(text.slice(0, 40), text.slice(40)) }],
      ["by its bytes, when the length is not a number", { body: text, length: "many" }],
      ["by its bytes, when the length is negative", { body: text, length: "-1" }],
    ])("%s", async (_, sent) => {
      expect(await read({ ...sent, type: "application/json", limit: 100 })).toHaveLength(98);
      const tooLarge = { code: "too_large", message: "Request body too large: at most 99 bytes are read." };
      await expect(
        read({
          ...sent,
          body: sent.body instanceof ReadableStream ? streamed(text.slice(0, 40), text.slice(40)) : text,
          type: "application/json",
          limit: 99,
        }),
      ).rejects.toMatchObject(tooLarge);
    });

    test("without reading on after the limit", async () => {
      let reads = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          reads += 1;
          controller.enqueue(new Uint8Array(10));
        },
      });
      await expect(read({ body: endless, type: "application/json", limit: 99 })).rejects.toMatchObject({ code: "too_large" });
      expect(reads).toBeLessThan(20);
    });

    test("and a declared length above it is rejected unread", async () => {
      await expect(read({ body: "{}", length: "101", limit: 100, type: "application/json" })).rejects.toMatchObject({ code: "too_large" });
    });
  });

  test("errors of a body are thrown when it is parsed, not when it is read (contract 1.17)", async () => {
    for (const [body, type] of [
      ["{", "application/json"],
      ["x", "text/plain"],
      ["x", "multipart/form-data; boundary=x"],
    ] as const) {
      const request = new Request("http://landfall.test/", { method: "POST", body, headers: { "content-type": type } });
      const understand = await readBody(request, limits(100), createBodyBudget());
      expect(understand).toThrow(expect.toSatisfy(isAppError));
    }
  });
});

describe("form object", () => {
  const read = (...pairs: [string, string][]) => ({ ...formObject(pairs) });

  describe("a form becomes the object that its JSON body would be (contract 1.6)", () => {
    test.each<[string, [string, string][], unknown]>([
      ["nothing", [], {}],
      [
        "texts",
        [
          ["version", "1.0"],
          ["ref", ""],
        ],
        { version: "1.0", ref: "" },
      ],
      [
        "the last value of a repeated field",
        [
          ["ref", "a"],
          ["ref", "b"],
        ],
        { ref: "b" },
      ],
      [
        "all values of a list, in order",
        [
          ["projects", "b"],
          ["projects", "a"],
        ],
        { projects: ["b", "a"] },
      ],
      ["one value of a list, as a list", [["projects", "a"]], { projects: ["a"] }],
      [
        "lists between other fields",
        [
          ["projects", "a"],
          ["version", "1"],
          ["projects", "b"],
        ],
        { projects: ["a", "b"], version: "1" },
      ],
    ])("%s", (_, pairs, object) => {
      expect(read(...pairs)).toEqual(object);
    });

    test("with any field names, and without a prototype", () => {
      const names = ["__proto__", "constructor", "toString", ""];
      const object = formObject(names.map((name): [string, string] => [name, "x"]));
      expect(Object.keys(object)).toEqual(names);
      expect(Object.getPrototypeOf(object)).toBeNull();
    });

    test("in one pass over any number of fields", () => {
      let reads = 0;
      function* fields(): Generator<[string, string]> {
        for (let number = 0; number < 1000; number += 1) {
          reads += 1;
          yield [`field-${number}`, "x"];
        }
      }
      expect(Object.keys(formObject(fields()))).toHaveLength(1000);
      expect(reads).toBe(1000);
    });

    test("with every field once, and a value that was sent", () => {
      const pair = fc.tuple(fc.constantFrom("a", "b", "projects", "__proto__"), fc.string());
      fc.assert(
        fc.property(fc.array(pair), (pairs) => {
          const object = formObject(pairs);
          expect(Object.keys(object)).toEqual([...new Set(pairs.map(([name]) => name))]);
          for (const [name, value] of Object.entries(object)) {
            const sent = pairs.filter(([one]) => one === name).map(([, text]) => text);
            expect(value).toEqual(name === "projects" ? sent : sent.at(-1));
          }
        }),
      );
    });
  });
});

const parse = (text: string): unknown => parseJson(new TextEncoder().encode(text), { elements: 1000 });

function failure(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, { elements: 1000 });
  } catch (error) {
    return error;
  }
}

describe("parses JSON", () => {
  test.each([
    ["null", null],
    ["  1\n", 1],
    ['{"a":[1,-2.5,true,"é\\ud83d\\ude80"]}', { a: [1, -2.5, true, "é🚀"] }],
    ['{"a":1,"a":2}', { a: 2 }],
    ["1e400", Number.POSITIVE_INFINITY],
    ["-1e400", Number.NEGATIVE_INFINITY],
    ['"\\u0000"', "\0"],
    ['"\\ud800"', "\ud800"],
  ])("%s", (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  test("without setting a prototype", () => {
    const value = parse('{"__proto__":{"polluted":1},"constructor":2}');
    expect(Object.keys(value ?? {})).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test.each([
    ['{"id":9007199254740993}', { id: 9_007_199_254_740_993n }],
    ['{"id":-9007199254740993}', { id: -9_007_199_254_740_993n }],
    ["[123456789012345678901234567890]", [123_456_789_012_345_678_901_234_567_890n]],
    ['{"id" :\t9007199254740992 }', { id: 9_007_199_254_740_992n }],
    ["[9007199254740991]", [Number.MAX_SAFE_INTEGER]],
    ["[0000000000000000001]", null],
    ["[1234567890123456.5]", [1_234_567_890_123_456.5]],
    ["[12345678901234567e1]", [Number("123456789012345670")]],
    ['["12345678901234567890"]', ["12345678901234567890"]],
    ['[12345678901234567, {"a": [1, 98765432109876543]}]', [12_345_678_901_234_567n, { a: [1, 98_765_432_109_876_543n] }]],
  ])("%s, keeping long numbers exact", (text, value) => {
    if (value === null) expect(() => parse(text)).toThrow("JSON parse error - ");
    else expect(parse(text)).toEqual(value);
  });

  test("as JSON.parse does, for any text", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const rounded = (_: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);
        expect(JSON.stringify(parse(text), rounded)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test("up to 100 levels deep", () => {
    const depth = 100;
    let value = parse("[".repeat(depth) + "]".repeat(depth));
    for (let level = 1; level < depth; level++) value = Array.isArray(value) ? value[0] : null;
    expect(value).toEqual([]);
  });
});

describe("rejects what is not JSON in UTF-8 (contract 1.8)", () => {
  test.each(["", " ", "{", "{'a':1}", '{"a":1,}', "nul", "NaN", "[Infinity]", "{}{}", "\ufeff{}", '"\n"', "01", "[1 2]", "\0"])(
    "%j",
    (text) => {
      const error = failure(new TextEncoder().encode(text));
      expect(isAppError(error) && [error.code, error.issues, error.message.startsWith("JSON parse error - ")]).toEqual([
        "invalid",
        [],
        true,
      ]);
    },
  );

  test.each([[[0xff]], [[0x22, 0xed, 0xa0, 0x80, 0x22]], [[0x22, 0xc0, 0x80, 0x22]], [[0x7b, 0x22, 0x80]]])("the bytes %j", (bytes) => {
    expect(failure(new Uint8Array(bytes))).toMatchObject({ code: "invalid", message: expect.stringMatching(/^JSON parse error - /) });
  });

  test.each([
    ["Nested too deeply: at most 100 levels are read", "[".repeat(100_000) + "]".repeat(100_000)],
    ["A number has more than 100 digits", `[${"1".repeat(1_000_000)}]`],
    ["More than 1000 elements in all lists together", JSON.stringify(Array.from({ length: 1001 }, () => 1))],
  ])("texts that exceed a limit: %s", (reason, text) => {
    expect(failure(new TextEncoder().encode(text))).toMatchObject({ code: "invalid", message: `JSON parse error - ${reason}` });
  });

  test("a long number among so many values that exact parsing takes too long", () => {
    const text = `[${"1,".repeat(100_000)}12345678901234567890]`;
    const parseIt = () => parseJson(new TextEncoder().encode(text), { elements: 200_000 });
    expect(parseIt).toThrow("JSON parse error - A number has more than 15 digits beside more than 100000 other values");
  });

  test("any bytes are parsed or rejected, without other errors", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        const result = failure(bytes);
        expect(result instanceof Error && !isAppError(result)).toBe(false);
      }),
    );
  });
});
