import fc from "fast-check";
import { expect, test } from "vitest";
import { type CellPosition, firstCell, nextCell } from "./next-cell.ts";

/** One string per row; "x" is a filled cell. */
const BOARD = [". x .", "x . x", ". . .", "x x x"];

const size = { rows: 4, columns: 3 };
const isFilled = ({ row, column }: CellPosition) => BOARD[row]?.split(" ")[column] === "x";

const from = (row: number, column: number) => ({ row, column });
const move = (key: string, at: CellPosition, ctrlKey = false) => nextCell({ key, ctrlKey }, at, size, isFilled);

test.each<[string, CellPosition, CellPosition | null]>([
  ["ArrowDown", from(1, 0), from(3, 0)],
  ["ArrowDown", from(3, 0), null],
  ["ArrowUp", from(3, 1), from(0, 1)],
  ["ArrowUp", from(0, 1), null],
  ["ArrowRight", from(1, 0), from(1, 2)],
  ["ArrowRight", from(1, 2), null],
  ["ArrowLeft", from(1, 2), from(1, 0)],
  ["ArrowLeft", from(1, 0), null],
  ["Home", from(3, 2), from(3, 0)],
  ["End", from(1, 0), from(1, 2)],
  ["PageDown", from(0, 1), from(3, 1)],
  ["PageUp", from(3, 0), from(1, 0)],
  ["PageUp", from(0, 1), null],
  ["j", from(1, 0), null],
])("%s moves from %j to %j", (key, at, to) => {
  expect(move(key, at)).toEqual(to);
});

test("Ctrl with Home and End moves to the ends of the board", () => {
  expect([move("Home", from(3, 2), true), move("End", from(0, 1), true)]).toEqual([from(0, 1), from(3, 2)]);
});

test("Page Up and Page Down move ten rows, or fewer if those are empty", () => {
  const long = { rows: 40, columns: 1 };
  const all = () => true;
  expect(nextCell({ key: "PageDown", ctrlKey: false }, from(5, 0), long, all)).toEqual(from(15, 0));
  expect(nextCell({ key: "PageUp", ctrlKey: false }, from(25, 0), long, all)).toEqual(from(15, 0));
  expect(nextCell({ key: "PageDown", ctrlKey: false }, from(5, 0), long, ({ row }) => row <= 9)).toEqual(from(9, 0));
});

test("firstCell returns the first filled cell; null on an empty board", () => {
  expect(firstCell(size, isFilled)).toEqual(from(0, 1));
  expect(firstCell(size, () => false)).toBeNull();
  expect(firstCell({ rows: 0, columns: 0 }, () => true)).toBeNull();
});

test("no key moves out of the board or to an empty cell", () => {
  const key = fc.constantFrom("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown");
  fc.assert(
    fc.property(key, fc.boolean(), fc.nat(3), fc.nat(2), (pressed, ctrlKey, row, column) => {
      const next = move(pressed, { row, column }, ctrlKey);
      expect(next === null || isFilled(next)).toBe(true);
    }),
  );
});
