import type { ShortcutGroup } from "./shortcuts.ts";

/** Groups as a list shows them: those of one name as one, where its first stands, each key once, as what was opened last has it. */
export function mergeGroups(groups: readonly ShortcutGroup[]): readonly ShortcutGroup[] {
  const names = [...new Set(groups.map(({ name }) => name))];
  return names.map((name) => {
    const shortcuts = groups.filter((group) => group.name === name).flatMap((group) => group.shortcuts);
    return { name, shortcuts: [...new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut])).values()] };
  });
}
