import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createResponseReader } from "./connection.ts";

const withLength = (body: string, status = 200) =>
  Buffer.from(`HTTP/1.1 ${status} OK\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX-A: b\r\n\r\n${body}`);

/** Returns the result of each push: the status, or null while the response is incomplete. */
function read(parts: readonly Buffer[]): (number | null)[] {
  const reader = createResponseReader();
  return parts.map((part) => reader.push(part));
}

/** Cuts bytes at these positions, each a share of the length. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => Math.floor(place * bytes.length))), bytes.length]
    .filter((end) => end > 0)
    .toSorted((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end)).filter((part) => part.length > 0);
}

describe("createResponseReader", () => {
  it.each([
    ["a body of known length", [withLength("hello")], [200]],
    ["an empty body", [withLength("", 404)], [404]],
    ["no length", [Buffer.from("HTTP/1.1 204 No Content\r\n\r\n")], [204]],
    ["a header in lower case", [Buffer.from("HTTP/1.1 201 Created\r\ncontent-length:2\r\n\r\n{}")], [201]],
    ["two responses, one after the other", [withLength("a"), withLength("bcd", 500)], [200, 500]],
  ])("reads %s", (_, parts, statuses) => {
    expect(read(parts)).toEqual(statuses);
  });

  const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { maxLength: 6 });

  it("is complete exactly at the last byte of a body of known length", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), places, (body, at) => {
        const results = read(cut(withLength(body), at));
        expect(results.at(-1)).toBe(200);
        expect(results.slice(0, -1).every((result) => result === null)).toBe(true);
      }),
    );
  });

  it.each([
    ["a response longer than its content-length", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc", "longer than its content-length"],
    ["something else than HTTP", "SSH-2.0-OpenSSH\r\n\r\n", "invalid response: SSH-2.0-OpenSSH"],
    ["a chunked response", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "has no content-length"],
    ["an interim response", "HTTP/1.1 100 Continue\r\n\r\n", "invalid response"],
  ])("rejects %s", (_, text, message) => {
    expect(() => read([Buffer.from(text)])).toThrow(message);
  });

  it("rejects later bytes after the end", () => {
    const reader = createResponseReader();
    reader.push(Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab"));
    expect(() => reader.push(Buffer.from("cd"))).toThrow("longer than its content-length");
  });
});
