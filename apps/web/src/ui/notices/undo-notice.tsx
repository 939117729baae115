"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { callAction } from "../forms/call-action.ts";
import type { Outcome } from "../forms/outcome.ts";
import classes from "./undo-notice.module.css";

/** How long there is for an undo, in milliseconds. */
const PATIENCE = 10_000;

/** Says shortly what was done, with a way back; and then whether that worked. */
export function showUndo(message: string, undo: () => Promise<Outcome<unknown>>): void {
  const back = async () => {
    notifications.hide(id);
    const outcome = await callAction(undo);
    if (outcome?.kind === "done") notifications.show({ message: "Undone." });
    else showFailure(outcome);
  };
  const id = notifications.show({
    autoClose: PATIENCE,
    message: (
      <span className={classes["notice"]}>
        <span>{message}</span>
        <Button variant="default" size="compact-xs" onClick={() => void back()}>
          Undo
        </Button>
      </span>
    ),
  });
}

/** Says why something was refused that has no form to say it in. */
export function showFailure(outcome: Outcome<unknown>): void {
  const said = outcome?.kind === "refused" ? (outcome.message ?? Object.values(outcome.fields).join(" ")) : "";
  notifications.show({ color: "red", message: said || "This did not work. Try again." });
}
