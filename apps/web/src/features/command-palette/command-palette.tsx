"use client";

import dynamic from "next/dynamic";
import { useCallback, useEffect, useRef, useState } from "react";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import type { OfferedActions } from "./palette-groups.ts";

const Palette = dynamic(() => import("./opened-palette.tsx").then((file) => file.Palette), { ssr: false });

type CommandPaletteProps = { readonly organization: string; readonly offered: OfferedActions };

/**
 * Opens the search over everything on `/` and Ctrl K; when it closes, the focus is again where it was. Its script is loaded when it is
 * opened; what is typed meanwhile is not lost.
 */
export function CommandPalette({ organization, offered }: CommandPaletteProps) {
  const [state, setState] = useState<"closed" | "loading" | "open">("closed");
  const [text, setText] = useState("");
  const before = useRef<Element | null>(null);
  const open = () => {
    before.current = document.activeElement;
    setText("");
    setState("loading");
  };
  const close = useCallback(() => setState("closed"), []);
  const onReady = useCallback(() => setState("open"), []);
  useShortcuts("Search", [
    { keys: "/", label: "Search everything, or go to a page by its name", run: open },
    { keys: "mod+k", label: "The same, on every page", run: open },
  ]);
  useEffect(() => {
    if (state !== "closed") return;
    if (before.current instanceof HTMLElement) before.current.focus();
    before.current = null;
  }, [state]);
  useEffect(() => {
    if (state !== "loading") return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") return close();
      if (textAfterKey("", event) === null) return;
      event.preventDefault();
      event.stopPropagation();
      setText((text) => textAfterKey(text, event) ?? text);
    };
    // Before the shortcuts of the page, which would take letters for keys of theirs.
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, [state, close]);
  if (state === "closed") return null;
  return <Palette organization={organization} offered={offered} text={text} onText={setText} onReady={onReady} onClose={close} />;
}

/** What of a key press matters to a text. */
type TypedKey = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** A text after one more key, as a field would have it; null for a key that types nothing. */
export function textAfterKey(text: string, { key, ctrlKey, metaKey, altKey }: TypedKey): string | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === "Backspace") return [...text].slice(0, -1).join("");
  return [...key].length === 1 ? text + key : null;
}
