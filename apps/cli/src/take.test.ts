import { expect, test } from "vitest";
import { take, takeAll } from "./take.ts";

/** Numbers from 1 on, and how far they were asked for. */
function numbers(last: number) {
  const seen: number[] = [];
  async function* iterate() {
    for (let value = 1; value <= last; value += 1) {
      seen.push(value);
      yield value;
    }
  }
  return { items: iterate(), seen };
}

test.each([
  [5, 3, [1, 2, 3], true, 4],
  [3, 3, [1, 2, 3], false, 3],
  [2, 3, [1, 2], false, 2],
  [0, 3, [], false, 0],
])("of %i items, %i at most", async (last, most, items, hasMore, asked) => {
  const { items: source, seen } = numbers(last);
  expect(await take(source, most)).toEqual({ items, hasMore });
  expect(seen).toHaveLength(asked);
});

test("takeAll takes all", async () => {
  expect(await takeAll(numbers(200).items)).toHaveLength(200);
});
