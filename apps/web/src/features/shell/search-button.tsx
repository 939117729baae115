"use client";

import { IconKeyboard, IconSearch } from "@tabler/icons-react";
import { runShortcut } from "#ui/keyboard/shortcuts.ts";
import classes from "./search-button.module.css";

/** Buttons that open the command palette and the list of keyboard shortcuts. */
export function SearchButton() {
  return (
    <div className={classes["bar"]}>
      <button type="button" className={classes["search"]} aria-haspopup="dialog" onClick={() => runShortcut("mod+k")}>
        <IconSearch size={14} aria-hidden="true" />
        Search…
        <kbd aria-hidden="true">/</kbd>
      </button>
      <button
        type="button"
        className={classes["keys"]}
        aria-haspopup="dialog"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={() => runShortcut("?")}
      >
        <IconKeyboard size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
