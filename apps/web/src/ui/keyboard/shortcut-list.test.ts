import { expect, test } from "vitest";
import { mergeGroups } from "./shortcut-list.tsx";

const shortcut = (keys: string, label = keys) => ({ keys, label, run: () => {} });

const told = (groups: Parameters<typeof mergeGroups>[0]) =>
  mergeGroups(groups).map(({ name, shortcuts }) => [name, shortcuts.map(({ keys, label }) => `${keys}: ${label}`)]);

test("groups of one name are one, where the first of them stands", () => {
  const groups = [
    { name: "Release", shortcuts: [shortcut("[")] },
    { name: "List", shortcuts: [shortcut("j")] },
    { name: "Release", shortcuts: [shortcut("e"), shortcut("d")] },
  ];
  expect(told(groups)).toEqual([
    ["Release", ["[: [", "e: e", "d: d"]],
    ["List", ["j: j"]],
  ]);
});

test("a key of two lists on a page stands there once", () => {
  const list = (label: string) => ({ name: "List", shortcuts: [shortcut("j", label)] });
  expect(told([list("Next row"), list("Next line")])).toEqual([["List", ["j: Next line"]]]);
});
