"use client";

import { Kbd, Modal } from "@mantine/core";
import classes from "./shortcut-list.module.css";
import { mergeGroups } from "./one-of-each-name.ts";
import { useShortcutGroups } from "./shortcuts.ts";

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
