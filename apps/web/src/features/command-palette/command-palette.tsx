"use client";

import dynamic from "next/dynamic";
import { useCallback, useEffect, useState } from "react";
import { useReturnFocus } from "#ui/keyboard/use-return-focus.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import type { OfferedActions } from "./palette-groups.ts";

const Palette = dynamic(() => import("./opened-palette.tsx").then((file) => file.Palette), { ssr: false });

type CommandPaletteProps = { readonly organization: string; readonly offered: OfferedActions };

/**
 * Opens the command palette on `/` and Ctrl K, and returns the focus when it closes. Its code is loaded when it is first opened; keys
 * typed meanwhile are added to the text. Our own and not @mantine/spotlight or cmdk: both filter their items in the browser and load with
 * the page, while here the server searches, results stay until newer ones arrive, and options are links.
 */
export function CommandPalette({ organization, offered }: CommandPaletteProps) {
  const [state, setState] = useState<"closed" | "loading" | "open">("closed");
  const [text, setText] = useState("");
  const focusedRef = useReturnFocus<HTMLElement>(state !== "closed");
  const open = () => {
    focusedRef.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setText("");
    setState("loading");
  };
  const close = useCallback(() => setState("closed"), []);
  const onReady = useCallback(() => setState("open"), []);
  useShortcuts("Search", [
    { keys: "/", label: "Search, or go to a page", run: open },
    { keys: "mod+k", label: "Search, also where / is taken", run: open },
  ]);
  useEffect(() => {
    if (state !== "loading") return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") return close();
      if (textAfterKey("", event) === null) return;
      event.preventDefault();
      event.stopPropagation();
      setText((text) => textAfterKey(text, event) ?? text);
    };
    // In the capture phase, before the shortcuts of the page.
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, [state, close]);
  if (state === "closed") return null;
  return <Palette organization={organization} offered={offered} text={text} onText={setText} onReady={onReady} onClose={close} />;
}

/** The parts of a `KeyboardEvent` that are used. */
type TypedKey = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** Returns the text after a key press, as in a text field; null for a key that types nothing. */
export function textAfterKey(text: string, { key, ctrlKey, metaKey, altKey }: TypedKey): string | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === "Backspace") return [...text].slice(0, -1).join("");
  return [...key].length === 1 ? text + key : null;
}
