import type { UploadPart } from "@landfall/core/records/artifacts/uploads";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readParts } from "./read-request.ts";

type ReadPart = { readonly name: string; readonly value: string; readonly filename?: string; readonly type?: string };

const request = (body: ConstructorParameters<typeof Response>[0], type?: string): Request =>
  new Request("http://landfall.test/", {
    method: "POST",
    body,
    duplex: "half",
    ...(type === undefined ? {} : { headers: { "content-type": type } }),
  });

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function toReadPart(part: UploadPart): Promise<ReadPart> {
  if (part.kind === "field") return { name: part.name, value: part.value };
  const value = text(Buffer.concat(await Array.fromAsync(part.bytes)));
  return { name: part.name, value, filename: part.filename, type: part.contentType };
}

async function read(sent: Request, limit = 1_000_000): Promise<ReadPart[]> {
  const parts: ReadPart[] = [];
  for await (const part of readParts(sent, limit)) parts.push(await toReadPart(part));
  return parts;
}

const BOUNDARY = "multipart/form-data; boundary=x";
const part = (head: string, body: string): string => `--x\r\n${head}\r\n\r\n${body}\r\n`;
const field = (name: string, value: string): string => part(`Content-Disposition: form-data; name="${name}"`, value);

const file = (name: string, filename: string, value: string): string =>
  part(`Content-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: application/javascript`, value);

/** A body in pieces of `size` bytes, and how many of them were requested. */
function inPieces(body: string, size: number): { stream: ReadableStream<Uint8Array>; requested: () => number } {
  const bytes = new TextEncoder().encode(body);
  let requested = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = bytes.slice(requested * size, (requested + 1) * size);
        requested += 1;
        if (piece.length > 0) controller.enqueue(piece);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, requested: () => requested };
}

describe("parts of a form", () => {
  test("are read in order, fields as text and files as bytes", async () => {
    const body = `${field("name", "~/app.js")}${file("file", "app.js", "let a;")}${field("header", "A:b")}${field("header", "C:d")}--x--\r\n`;
    expect(await read(request(body, BOUNDARY))).toEqual([
      { name: "name", value: "~/app.js" },
      { name: "file", value: "let a;", filename: "app.js", type: "application/javascript" },
      { name: "header", value: "A:b" },
      { name: "header", value: "C:d" },
    ]);
  });

  test("are the same for any split of the body", async () => {
    const body = `${field("a", "1")}${file("file", "x", "a--x\r\n--\r\n-x\r\nü")}${file("file", "y", "")}--x--\r\n`;
    const whole = await read(request(body, BOUNDARY));
    expect(whole).toHaveLength(3);
    const property = fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (size) => {
      expect(await read(request(inPieces(body, size).stream, BOUNDARY))).toEqual(whole);
    });
    await fc.assert(property, { numRuns: 30, seed: 3 });
  });

  test("may be skipped unread", async () => {
    const body = `${file("file", "large", "x".repeat(300_000))}${file("file", "next", "small")}${field("last", "1")}--x--\r\n`;
    const names: string[] = [];
    for await (const one of readParts(request(inPieces(body, 10_000).stream, BOUNDARY), 1_000_000)) {
      names.push(one.kind === "file" ? one.filename : one.name);
    }
    expect(names).toEqual(["large", "next", "last"]);
  });

  test('without a name have the name ""', async () => {
    expect(await read(request(`${part('Content-Disposition: form-data; filename="a"', "1")}--x--\r\n`, BOUNDARY))).toMatchObject([
      { name: "", filename: "a" },
    ]);
  });

  test("have filenames without folders, as browsers and Django send them", async () => {
    expect(await read(request(`${file("file", "a/b/c.js", "1")}--x--\r\n`, BOUNDARY))).toMatchObject([{ filename: "c.js" }]);
  });
});

describe("a body is only read", () => {
  test("as far as parts are requested", async () => {
    const body = `${file("file", "a", "x".repeat(1_000_000))}--x--\r\n`;
    const { stream, requested } = inPieces(body, 1000);
    const parts = readParts(request(stream, BOUNDARY), 2_000_000)[Symbol.asyncIterator]();
    await parts.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(requested()).toBeLessThan(300);
    await parts.return?.();
  });

  test("up to the limit, with and without a declared length", async () => {
    const body = `${file("file", "a", "x".repeat(1000))}--x--\r\n`;
    const declared = new Request("http://landfall.test/", {
      method: "POST",
      body,
      headers: { "content-type": BOUNDARY, "content-length": String(body.length) },
    });
    await expect(read(declared, 999)).rejects.toMatchObject({ code: "too_large" });
    const { stream, requested } = inPieces(body, 100);
    await expect(read(request(stream, BOUNDARY), 500)).rejects.toMatchObject({ code: "too_large" });
    expect(requested()).toBeLessThan(10);
    expect(await read(request(body, BOUNDARY), body.length)).toHaveLength(1);
  });
});

describe("a body that is not a form", () => {
  test.each([
    ["application/json", "{}"],
    ["application/x-www-form-urlencoded", "a=1"],
    ["application/json; charset=utf-8", "x"],
  ])("of the type %s has no parts", async (type, body) => expect(await read(request(body, type))).toEqual([]));

  test("has no parts if it is missing", async () => expect(await read(request(null))).toEqual([]));

  test.each(["text/plain", "application/octet-stream"])("of the type %s is 415", async (type) => {
    await expect(read(request("x", type))).rejects.toMatchObject({ code: "unsupported_media_type" });
  });

  test.each<[string, string, string]>([
    ["has no boundary", "multipart/form-data", "--x--\r\n"],
    ["ends in a header", BOUNDARY, "--x\r\nContent-Disp"],
    ["ends in a file", BOUNDARY, file("file", "a", "half").slice(0, -6)],
    ["ends between parts", BOUNDARY, file("file", "a", "whole")],
    ["has a field without end", BOUNDARY, `${field("a", "x".repeat(70_000))}--x--\r\n`],
    ["has parts without end", BOUNDARY, `${field("a", "1").repeat(1001)}--x--\r\n`],
  ])("that %s is `invalid`", async (_, type, body) => {
    await expect(read(request(body, type))).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/^Form parse error - ./),
    });
  });

  test("is `invalid`, not a bug, if the sender disconnects", async () => {
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(file("file", "a", "half").slice(0, -6)));
        controller.error(new Error("aborted"));
      },
    });
    await expect(read(request(stream, BOUNDARY))).rejects.toMatchObject({ code: "invalid" });
  });

  test("never blocks, for any bytes", { timeout: 60_000 }, async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "--x\r\n",
        "--x--",
        "\r\n\r\n",
        "\r\n",
        'Content-Disposition: form-data; name="file"; filename="a"',
        "Content-Type: ;",
        "--x",
        "\0",
        "ü",
      ),
      fc.string({ maxLength: 20 }),
    );
    const property = fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), async (pieces, size) => {
      const outcome = await read(request(inPieces(pieces.join(""), size).stream, BOUNDARY)).catch((error: unknown) => error);
      if (!Array.isArray(outcome)) expect(outcome).toMatchObject({ code: "invalid" });
    });
    await fc.assert(property, { numRuns: 300, seed: 5 });
  });
});
