"use client";

import { Modal } from "@mantine/core";
import dynamic from "next/dynamic";
import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import { useShortcuts } from "../keyboard/shortcuts.ts";
import type { Offered } from "./pages-and-actions.ts";
import classes from "./palette.module.css";

/** What is found is drawn by a script of its own; what is typed before it is here is kept. */
const PaletteResults = dynamic(() => import("./palette-results.tsx").then((file) => file.PaletteResults), { ssr: false });

type PaletteDoorProps = { readonly organization: string; readonly offered: Offered };

/** Opens the search over everything on `/` and Ctrl K; Esc closes it, and the focus is again where it was. */
export function PaletteDoor({ organization, offered }: PaletteDoorProps) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const listener = useRef<((event: KeyboardEvent) => void) | null>(null);
  const listen = useCallback((onKey: (event: KeyboardEvent) => void) => {
    listener.current = onKey;
    return () => {
      listener.current = null;
    };
  }, []);
  const open = () => {
    setText("");
    setChosen(null);
    setOpen(true);
  };
  const close = () => setOpen(false);
  useShortcuts("Search", [
    { keys: "/", label: "Search everything, or go to a page by its name", run: open },
    { keys: "mod+k", label: "The same, on every page", run: open },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      close();
    } else listener.current?.(event);
  };
  return (
    <Modal.Root opened={isOpen} onClose={close} lockScroll={false} transitionProps={{ duration: 0 }} size="44rem" yOffset="10vh">
      <Modal.Overlay />
      <Modal.Content aria-label="Search everything">
        <Modal.Body className={classes["body"]}>
          <input
            type="text"
            role="combobox"
            className={classes["input"]}
            data-autofocus=""
            aria-label="Search releases, commits, people, projects and pages"
            aria-expanded={chosen !== null}
            aria-controls="palette-list"
            aria-autocomplete="list"
            aria-activedescendant={chosen ?? undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder="Version, hash, #4812, author, path, words, or a page…"
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          {isOpen && (
            <PaletteResults organization={organization} offered={offered} text={text} onChosen={setChosen} listen={listen} onDone={close} />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
