"use client";

import { Kbd, Modal } from "@mantine/core";
import { type ShortcutGroup, useShortcutGroups } from "./shortcuts.ts";
import classes from "./shortcut-list.module.css";

/** A dialog that lists the keyboard shortcuts of the page. */
export function ShortcutList({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const groups = mergeGroups(useShortcutGroups());
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size="lg">
      <div className={classes["groups"]}>
        {groups.map(({ name, shortcuts }) => (
          <section key={name} aria-label={name}>
            <h3>{name}</h3>
            <dl>
              {shortcuts.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.split(" ").map((key) => (
                      <Kbd key={key}>{key.replace("mod+", "Ctrl ")}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** Merges groups of the same name, at the position of the first; of shortcuts with the same keys the last one is kept. */
export function mergeGroups(groups: readonly ShortcutGroup[]): readonly ShortcutGroup[] {
  const names = [...new Set(groups.map(({ name }) => name))];
  return names.map((name) => {
    const shortcuts = groups.filter((group) => group.name === name).flatMap((group) => group.shortcuts);
    return { name, shortcuts: [...new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut])).values()] };
  });
}
