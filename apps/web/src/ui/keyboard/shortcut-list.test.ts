import { expect, test } from "vitest";
import { mergeGroups } from "./shortcut-list.tsx";

const shortcut = (keys: string, label = keys) => ({ keys, label, run: () => {} });

const merged = (groups: Parameters<typeof mergeGroups>[0]) =>
  mergeGroups(groups).map(({ name, shortcuts }) => [name, shortcuts.map(({ keys, label }) => `${keys}: ${label}`)]);

test("merges groups of the same name at the position of the first", () => {
  const groups = [
    { name: "Release", shortcuts: [shortcut("[")] },
    { name: "List", shortcuts: [shortcut("j")] },
    { name: "Release", shortcuts: [shortcut("e"), shortcut("d")] },
  ];
  expect(merged(groups)).toEqual([
    ["Release", ["[: [", "e: e", "d: d"]],
    ["List", ["j: j"]],
  ]);
});

test("lists a key of two lists once", () => {
  const list = (label: string) => ({ name: "List", shortcuts: [shortcut("j", label)] });
  expect(merged([list("Next row"), list("Next line")])).toEqual([["List", ["j: Next line"]]]);
});
