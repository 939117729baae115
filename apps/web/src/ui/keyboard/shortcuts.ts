"use client";

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { Shortcut } from "./key-sequence.ts";

/** Shortcuts that belong together, as the list of shortcuts shows them. */
export type ShortcutGroup = { readonly name: string; readonly shortcuts: readonly Shortcut[] };

let groups: readonly ShortcutGroup[] = [];
const listeners = new Set<() => void>();

function change(next: readonly ShortcutGroup[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

/** Every shortcut of what is on the page now, the first registered first. */
export const shortcutGroups = (): readonly ShortcutGroup[] => groups;

/**
 * Makes keys do something while the component is there. Keys and labels are those of the first time it was drawn; what they do is
 * always the newest.
 */
export function useShortcuts(name: string, shortcuts: readonly Shortcut[]): void {
  const newest = useRef(shortcuts);
  // With the address, not after it: a key pressed as soon as the address changed is meant for the new page.
  useLayoutEffect(() => {
    newest.current = shortcuts;
  });
  const keys = shortcuts.map((shortcut) => shortcut.keys).join(",");
  useEffect(() => {
    const shortcuts = keys.split(",").map((keys) => ({
      keys,
      label: newest.current.find((shortcut) => shortcut.keys === keys)?.label ?? "",
      run: () => newest.current.find((shortcut) => shortcut.keys === keys)?.run(),
    }));
    const group: ShortcutGroup = { name, shortcuts };
    change([...groups, group]);
    return () => change(groups.filter((other) => other !== group));
  }, [name, keys]);
}

/** The shortcuts of what is on the page, and again whenever they change. */
export const useShortcutGroups = (): readonly ShortcutGroup[] => useSyncExternalStore(subscribe, shortcutGroups, () => NONE);

const NONE: readonly ShortcutGroup[] = [];

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
