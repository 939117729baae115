import { expect, test } from "vitest";
import { byteStream } from "./byte-stream.ts";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

function source(...values: readonly string[]) {
  const seen: string[] = [];
  async function* bytes() {
    try {
      for (const value of values) {
        seen.push(value);
        yield text(value);
      }
    } finally {
      seen.push("closed");
    }
  }
  return { bytes: bytes(), seen };
}

test("bytes arrive in order", async () => {
  const { bytes, seen } = source("one ", "", "two");
  expect(await new Response(byteStream(bytes)).text()).toBe("one two");
  expect(seen).toEqual(["one ", "", "two", "closed"]);
});

test("nothing is opened for an answer without a body, such as one to HEAD", async () => {
  const { bytes, seen } = source("x");
  const response = new Response(byteStream(bytes));
  await response.body?.cancel();
  expect(seen).toEqual([]);
});

test("each part is read when it is asked for, and the rest not at all once nobody wants it", async () => {
  const { bytes, seen } = source("one", "two", "three");
  const reader = byteStream(bytes).getReader();
  expect(await reader.read()).toEqual({ done: false, value: text("one") });
  await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(["one"]);
  await reader.cancel();
  expect(seen).toEqual(["one", "closed"]);
});

test("what goes wrong in the middle breaks the answer off", async () => {
  async function* broken() {
    yield text("half");
    throw new Error("gone");
  }
  await expect(new Response(byteStream(broken())).text()).rejects.toThrow("gone");
});
