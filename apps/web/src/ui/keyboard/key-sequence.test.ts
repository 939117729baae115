import { expect, test, vi } from "vitest";
import { type KeyPress, type Shortcut, shortcutMatcher } from "./key-sequence.ts";

const shortcut = (keys: string): Shortcut => ({ keys, label: keys, run: vi.fn<() => void>() });
const SHORTCUTS = ["j", "h", "g h", "g r", "mod+k", "?", "Space", "j"].map(shortcut);
const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  at: 0,
  ...more,
});

const read = (...presses: KeyPress[]) => {
  const next = shortcutMatcher();
  return presses.map((one) => next(one, SHORTCUTS)?.keys ?? null);
};

test.each<[string, KeyPress[], (string | null)[]]>([
  ["a key alone", [press("j")], ["j"]],
  ["a sequence of two keys", [press("g"), press("h", { at: 1000 })], [null, "g h"]],
  ["a second key that is too late counts alone", [press("g"), press("h", { at: 1300 })], [null, "h"]],
  ["an unknown sequence is dropped", [press("g"), press("x"), press("r")], [null, null, null]],
  ["a second key that completes no sequence counts alone", [press("g"), press("j")], [null, "j"]],
  ["Ctrl or Command", [press("k", { ctrlKey: true }), press("K", { metaKey: true })], ["mod+k", "mod+k"]],
  ["Ctrl with a key that is a shortcut alone", [press("j", { ctrlKey: true })], [null]],
  ["Alt is ignored, since it types characters", [press("j", { altKey: true })], [null]],
  ["Shift does not end a sequence", [press("g"), press("Shift"), press("h")], [null, null, "g h"]],
  ["Space has a name, since a space separates the keys of a sequence", [press(" ")], ["Space"]],
  ["a character typed with Shift", [press("?")], ["?"]],
])("%s", (_name, presses, keys) => {
  expect(read(...presses)).toEqual(keys);
});

test("prefers the shortcut registered last", () => {
  expect(shortcutMatcher()(press("j"), SHORTCUTS)).toBe(SHORTCUTS.at(-1));
});
