import { expect, test } from "vitest";
import { readAllPages } from "./every-page.ts";

const link = (cursor: string, hasResults: boolean) => ({ cursor, hasResults });

test("pages are followed until one has nothing after it", async () => {
  const asked: string[] = [];
  const pages: Record<string, { items: number[]; next: ReturnType<typeof link> | null }> = {
    "": { items: [1, 2], next: link("a", true) },
    a: { items: [3], next: link("b", true) },
    b: { items: [], next: link("c", false) },
  };
  const items = await readAllPages((cursor) => {
    asked.push(cursor);
    return Promise.resolve({ items: [], next: null, ...pages[cursor], previous: null });
  });
  expect(items).toEqual([1, 2, 3]);
  expect(asked).toEqual(["", "a", "b"]);
});

test("a list that is nothing at all", async () => {
  expect(await readAllPages(() => Promise.resolve({ items: [], previous: null, next: null }))).toEqual([]);
});
