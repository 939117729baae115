"use client";

import { Kbd, Modal } from "@mantine/core";
import { type ShortcutGroup, useShortcutGroups } from "./shortcuts.ts";
import classes from "./shortcut-list.module.css";

/** What the keys of the page do, in a dialog. */
export function ShortcutList({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const groups = mergeGroups(useShortcutGroups());
  return (
    <Modal opened={opened} onClose={onClose} title="Keys of this page" size="lg">
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

/** Groups as a list shows them: those of one name as one, where its first stands, each key once, as what was opened last has it. */
export function mergeGroups(groups: readonly ShortcutGroup[]): readonly ShortcutGroup[] {
  const names = [...new Set(groups.map(({ name }) => name))];
  return names.map((name) => {
    const shortcuts = groups.filter((group) => group.name === name).flatMap((group) => group.shortcuts);
    return { name, shortcuts: [...new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut])).values()] };
  });
}
