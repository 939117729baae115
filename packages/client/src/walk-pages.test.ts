import fc from "fast-check";
import { expect, test } from "vitest";
import { walkPages } from "./walk-pages.ts";

/** A list served `size` items at a time, counting the pages asked for. */
function paged<T>(items: readonly T[], size: number) {
  const asked: (string | undefined)[] = [];
  const fetchPage = async (cursor: string | undefined) => {
    asked.push(cursor);
    const offset = Number(cursor ?? 0);
    const next = { cursor: String(offset + size), hasResults: offset + size < items.length };
    return { items: items.slice(offset, offset + size), previous: null, next };
  };
  return { fetchPage, asked };
}

test("answers every item once, in order, for any page size", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer()), fc.integer({ min: 1, max: 7 }), async (items, size) => {
      const { fetchPage, asked } = paged(items, size);
      expect(await Array.fromAsync(walkPages(fetchPage))).toEqual(items);
      expect(asked).toHaveLength(Math.max(1, Math.ceil(items.length / size)));
    }),
  );
});

test("asks for a page only when it is needed", async () => {
  const { fetchPage, asked } = paged(["a", "b", "c", "d"], 2);
  for await (const item of walkPages(fetchPage)) {
    if (item === "b") break;
  }
  expect(asked).toEqual([undefined]);
});

test("ends at a list without links", async () => {
  expect(await Array.fromAsync(walkPages(async () => ({ items: ["a"], previous: null, next: null })))).toEqual(["a"]);
});

test("ends at a cursor that leads to itself", async () => {
  const same = async () => ({ items: ["a"], previous: null, next: { cursor: "0:0:0", hasResults: true } });
  expect(await Array.fromAsync(walkPages(same))).toEqual(["a", "a"]);
});

test("hands on the failure of a page", async () => {
  const failing = async (): Promise<never> => {
    throw new Error("gone");
  };
  await expect(Array.fromAsync(walkPages(failing))).rejects.toThrow("gone");
});
