"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { COPY_REFUSED, copyText } from "../copy-text.ts";
import { callAction } from "../forms/call-action.ts";
import { failureText, type Outcome } from "../forms/outcome.ts";
import classes from "./notices.module.css";

/** How long the Undo button is shown, in milliseconds. */
const UNDO_DURATION = 10_000;

/** Shows a notice that something is done; with `undo`, it has an Undo button for ten seconds. */
export function showDone(message: string, undo?: () => Promise<Outcome<unknown>>): void {
  if (!undo) return void notifications.show({ message });
  const runUndo = async () => {
    notifications.hide(id);
    const outcome = await callAction(undo);
    if (outcome?.kind === "done") notifications.show({ message: "Undone." });
    else showFailure(outcome);
  };
  const id = notifications.show({
    autoClose: UNDO_DURATION,
    message: (
      <span className={classes["notice"]}>
        <span>{message}</span>
        <Button variant="default" size="compact-xs" onClick={() => void runUndo()}>
          Undo
        </Button>
      </span>
    ),
  });
}

/** Copies a text. Shows `done` in a notice, or that the browser does not allow copying. */
export async function copyWithNotice(text: string, done: string): Promise<void> {
  notifications.show((await copyText(text)) ? { message: done } : { color: "red", message: COPY_REFUSED });
}

/** Shows why an action failed that has no form to show it in. */
export function showFailure(outcome: Outcome<unknown>): void {
  const message = outcome?.kind === "refused" ? failureText(outcome) : "";
  notifications.show({ color: "red", message: message || "That did not work. Try again." });
}
