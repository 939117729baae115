"use client";

import { Modal } from "@mantine/core";
import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import type { OfferedActions } from "./pages-and-actions.ts";
import { PaletteResults } from "./palette-results.tsx";
import classes from "./palette.module.css";

type PaletteProps = {
  readonly organization: string;
  readonly offered: OfferedActions;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Tells that what is typed goes into the field from now on. */
  readonly onReady: () => void;
  readonly onClose: () => void;
};

/** The field comes a moment after the dialog. */
const focus = (field: HTMLInputElement | null) => field?.focus();

/** One field to find anything with, and below it what was found. */
export function Palette({ organization, offered, text, onText, onReady, onClose }: PaletteProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const listener = useRef<((event: KeyboardEvent) => void) | null>(null);
  const listen = useCallback((onKey: (event: KeyboardEvent) => void) => {
    listener.current = onKey;
    return () => {
      listener.current = null;
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onClose();
    } else listener.current?.(event);
  };
  return (
    <Modal.Root
      opened
      onClose={onClose}
      lockScroll={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      size="44rem"
      yOffset="10vh"
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Search everything">
        <Modal.Body className={classes["body"]}>
          <input
            ref={focus}
            onFocus={onReady}
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
            onChange={({ currentTarget }) => onText(currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <PaletteResults organization={organization} offered={offered} text={text} onChosen={setChosen} listen={listen} onDone={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
