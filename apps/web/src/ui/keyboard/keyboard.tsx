"use client";

import { Kbd, Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import { keySequence } from "./key-sequence.ts";
import { shortcutGroups, useShortcutGroups, useShortcuts } from "./shortcuts.ts";
import classes from "./keyboard.module.css";

/** Listens to the keys of the whole page, and lists on `?` what they do. Keys typed into a field are left to it. */
export function Keyboard() {
  const [isListed, setListed] = useState(false);
  const groups = useShortcutGroups();
  useShortcuts("Help", [{ keys: "?", label: "List the keys of this page", run: () => setListed(true) }]);
  useEffect(() => {
    const next = keySequence();
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (isTyped(event) && !(event.ctrlKey || event.metaKey)) || isDialogOpen()) return;
      const { key, ctrlKey, metaKey, altKey, timeStamp: at } = event;
      const found = next(
        { key, ctrlKey, metaKey, altKey, at },
        shortcutGroups().flatMap((group) => group.shortcuts),
      );
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <Modal opened={isListed} onClose={() => setListed(false)} title="Keys of this page" size="lg">
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

const isTyped = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));

const isDialogOpen = (): boolean => document.querySelector("[role=dialog], [role=menu]") !== null;
