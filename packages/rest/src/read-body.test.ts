import { isAppError } from "@landfall/core/app-error";
import { createBodyBudget } from "@landfall/core/request-body";
import { describe, expect, test } from "vitest";
import { readBody } from "./read-body.ts";

type Body = ConstructorParameters<typeof Response>[0];
type Sent = { body?: Body; type?: string | null; length?: string; limit?: number };

const limits = (bytes: number) => ({ bytes, elements: 1000 });

async function read({ body = null, type = null, length, limit = 1000 }: Sent): Promise<unknown> {
  const headers = { ...(type === null ? {} : { "content-type": type }), ...(length === undefined ? {} : { "content-length": length }) };
  const request = new Request("http://landfall.test/", { method: "POST", body, headers, duplex: "half" });
  if (type === null) request.headers.delete("content-type");
  return (await readBody(request, limits(limit), createBodyBudget()))();
}

/** The body in parts, of a length nobody told. */
const streamed = (...parts: string[]): Body => ReadableStream.from(parts.map((part) => new TextEncoder().encode(part)));

describe("a body is understood by its type (contract 1.6)", () => {
  test.each<[string, Sent, unknown]>([
    ["JSON", { body: '{"a":1}', type: "application/json" }, { a: 1 }],
    ["JSON that names its encoding", { body: '{"a":1}', type: "application/json; charset=utf-8" }, { a: 1 }],
    ["JSON in capitals and spaces", { body: '{"a":1}', type: " Application/JSON ;x" }, { a: 1 }],
    ["JSON of no length told", { body: streamed('{"a"', ":1}"), type: "application/json" }, { a: 1 }],
    ["nothing, whatever its type", { type: "text/plain" }, undefined],
    ["nothing of any type", {}, undefined],
    ["an empty text", { body: "", type: "application/json" }, undefined],
    ["an empty stream", { body: streamed(), type: "application/json" }, undefined],
    [
      "a form",
      { body: "version=1.0&projects=a&projects=b", type: "application/x-www-form-urlencoded" },
      { version: "1.0", projects: ["a", "b"] },
    ],
    [
      "a form in parts, without its files",
      {
        body: '--x\r\nContent-Disposition: form-data; name="ref"\r\n\r\nmain\r\n--x\r\nContent-Disposition: form-data; name="ref"; filename="a"\r\n\r\nfile\r\n--x--\r\n',
        type: "multipart/form-data; boundary=x",
      },
      { ref: "main" },
    ],
    [
      "a form in parts",
      { body: '--x\r\nContent-Disposition: form-data; name="version"\r\n\r\n1.0\r\n--x--\r\n', type: "multipart/form-data; boundary=x" },
      { version: "1.0" },
    ],
  ])("%s", async (_, sent, value) => {
    const found = await read(sent);
    expect(typeof found === "object" ? { ...found } : found).toEqual(value);
  });

  test.each(["text/plain", "application/vnd.api+json", "", "json", "application/json,text/plain", "*/*"])(
    "any other type, %j, is 415 with what was sent",
    async (type) => {
      const body = new TextEncoder().encode("{}");
      const message = `Unsupported media type "${type}" in request.`;
      await expect(read({ body, type })).rejects.toMatchObject({ code: "unsupported_media_type", message });
    },
  );

  test.each<[string, Sent]>([
    [
      "parts that end too soon",
      { body: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', type: "multipart/form-data; boundary=x" },
    ],
    ["another boundary", { body: "--x--\r\n", type: "multipart/form-data; boundary=y" }],
    ["no boundary", { body: "--x--\r\n", type: "multipart/form-data" }],
    ["no parts", { body: "a=1", type: "multipart/form-data; boundary=x" }],
  ])("a form of %s is the caller's mistake", async (_, sent) => {
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
    ["in one line", urlEncoded],
    ["in parts", multipart],
  ])("%s has at most 1,000 fields", async (_, form) => {
    expect(Object.keys(Object(await read({ ...form(1000), limit: 1_000_000 })))).toHaveLength(1000);
    await expect(read({ ...form(1001), limit: 1_000_000 })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/^Form parse error - it has more than 1000 (?:fields|parts)$/),
    });
  });

  test.each(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "of the type %s has at most 1 MiB where JSON may have more",
    async (type) => {
      const limit = 33_554_432;
      const body = `ref=${"x".repeat(1_048_573)}`;
      const tooLarge = { code: "too_large", message: "Request body too large: at most 1048576 bytes are read." };
      await expect(read({ body, type, limit })).rejects.toMatchObject(tooLarge);
      await expect(read({ body: streamed(body), type, limit })).rejects.toMatchObject(tooLarge);
    },
  );

  test("may have one field as long as that", async () => {
    const ref = "x".repeat(1_000_000);
    expect({ ...Object(await read({ body: `ref=${ref}`, type: "application/x-www-form-urlencoded", limit: 2_000_000 })) }).toEqual({ ref });
    const body = `--x\r\nContent-Disposition: form-data; name="ref"\r\n\r\n${ref}\r\n--x--\r\n`;
    expect({ ...Object(await read({ body, type: "multipart/form-data; boundary=x", limit: 2_000_000 })) }).toEqual({ ref });
  });
});

describe("a body is bounded before it is kept", () => {
  const text = JSON.stringify("x".repeat(98));

  test.each<[string, Sent]>([
    ["by its bytes", { body: text }],
    ["by the length it tells", { body: text, length: "100" }],
    ["by its bytes, when its parts come one by one", { body: streamed(text.slice(0, 40), text.slice(40)) }],
    ["by its bytes, when the length is nonsense", { body: text, length: "many" }],
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

  test("without reading on: the rest is never asked for", async () => {
    let asked = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        asked += 1;
        controller.enqueue(new Uint8Array(10));
      },
    });
    await expect(read({ body: endless, type: "application/json", limit: 99 })).rejects.toMatchObject({ code: "too_large" });
    expect(asked).toBeLessThan(20);
  });

  test("and its length alone is enough to refuse it", async () => {
    await expect(read({ body: "{}", length: "101", limit: 100, type: "application/json" })).rejects.toMatchObject({ code: "too_large" });
  });
});

test("what is wrong with a body is told when it is asked for, not when it is read (contract 1.17)", async () => {
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
