"use client";

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { Shortcut } from "./key-sequence.ts";

/** A group in the list of shortcuts. */
export type ShortcutGroup = { readonly name: string; readonly shortcuts: readonly Shortcut[] };

let groups: readonly ShortcutGroup[] = [];
const listeners = new Set<() => void>();

function change(next: readonly ShortcutGroup[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

/** Returns the shortcuts of the page, in the order they were registered. */
export const shortcutGroups = (): readonly ShortcutGroup[] => groups;

/** Runs the shortcut of the page with these keys, for a button that does the same. The one registered last takes precedence, as for keys. */
export function runShortcut(keys: string): void {
  groups
    .flatMap(({ shortcuts }) => shortcuts)
    .findLast((shortcut) => shortcut.keys === keys)
    ?.run();
}

/** Registers keyboard shortcuts while the component is mounted. `run` is always that of the latest render; labels are read when `keys` change. */
export function useShortcuts(name: string, shortcuts: readonly Shortcut[]): void {
  const newest = useRef(shortcuts);
  // In a layout effect, so that a key pressed as soon as the URL has changed already runs the new callback.
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

/** Returns the shortcuts of the page, and renders again when they change. */
export const useShortcutGroups = (): readonly ShortcutGroup[] => useSyncExternalStore(subscribe, shortcutGroups, () => NONE);

const NONE: readonly ShortcutGroup[] = [];

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
