import { expect, test } from "vitest";
import { textAfterKey } from "./command-palette.tsx";

const press = (key: string, more: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

test.each([
  ["", press("#"), "#"],
  ["#48", press("1"), "#481"],
  ["a", press(" "), "a "],
  ["a😀", press("Backspace"), "a"],
  ["", press("Backspace"), ""],
  ["a", press("😀"), "a😀"],
])("%j after %j", (text, key, after) => {
  expect(textAfterKey(text, key)).toBe(after);
});

test.each([press("Enter"), press("ArrowDown"), press("Shift"), press("a", { ctrlKey: true }), press("v", { metaKey: true })])(
  "%j types nothing",
  (key) => {
    expect(textAfterKey("a", key)).toBeNull();
  },
);
