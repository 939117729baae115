"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { shortcutMatcher } from "./key-sequence.ts";
import { onHistoryNavigation } from "./opened-row.ts";
import { shortcutGroups, useShortcuts } from "./shortcuts.ts";

const ShortcutList = dynamic(() => import("./shortcut-list.tsx").then((module) => module.ShortcutList), { ssr: false });

/** Listens to the keys of the whole page, and lists on `?` what they do. Keys typed into a field are left to it. */
export function Keyboard() {
  const [isListed, setListed] = useState(false);
  const [wasListed, setWasListed] = useState(false);
  const list = () => {
    setWasListed(true);
    setListed(true);
  };
  useShortcuts("Help", [{ keys: "?", label: "List the keys of this page", run: list }]);
  useEffect(() => {
    const next = shortcutMatcher();
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
    window.addEventListener("popstate", onHistoryNavigation);
    return () => {
      document.removeEventListener("keydown", onKey);
      window.removeEventListener("popstate", onHistoryNavigation);
    };
  }, []);
  // Kept once it was opened: it gives the focus back when it closes.
  return wasListed ? <ShortcutList opened={isListed} onClose={() => setListed(false)} /> : null;
}

const isTyped = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));

const isDialogOpen = (): boolean => document.querySelector("[role=dialog], [role=menu]") !== null;
