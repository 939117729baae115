"use client";

import { notifications } from "@mantine/notifications";
import { type ReactNode, useTransition } from "react";
import { callAction } from "../forms/call-action.ts";
import type { Outcome } from "../forms/outcome.ts";
import { useDialogAction } from "../forms/use-form-action.ts";
import { showDone, toFormData } from "../notices/done-notice.tsx";
import { DialogButton, DialogForm } from "./dialog.tsx";
import classes from "./dialog.module.css";

type ConfirmButtonProps = {
  readonly label: string;
  readonly name: string;
  readonly look?: "row" | "plain";
  readonly title: string;
  /** The server action, and what it is sent. */
  readonly action: (form: FormData) => Promise<Outcome>;
  readonly hidden: Readonly<Record<string, string>>;
  readonly submit: string;
  /** Said once it is done. */
  readonly done: string;
  /** What takes it back, sent the same; without it nothing does. */
  readonly undo?: (form: FormData) => Promise<Outcome<unknown>>;
  readonly isDanger?: boolean;
  /** What it will do, and whether it can be undone. */
  readonly children: ReactNode;
};

/** A button for what should be thought over: it shows the effect first. */
export function ConfirmButton({ label, name, look = "row", title, children, ...form }: ConfirmButtonProps) {
  return (
    <DialogButton label={label} name={name} look={look} title={title}>
      {(close) => (
        <Confirmation {...form} onClose={close}>
          {children}
        </Confirmation>
      )}
    </DialogButton>
  );
}

type ConfirmationProps = Pick<ConfirmButtonProps, "action" | "hidden" | "submit" | "done" | "undo" | "isDanger" | "children"> & {
  readonly onClose: () => void;
};

function Confirmation({ action, hidden, submit, done, undo, isDanger = true, onClose, children }: ConfirmationProps) {
  const acting = useDialogAction(action, () => {
    onClose();
    showDone(done, undo && (() => undo(toFormData(hidden))));
  });
  return (
    <DialogForm acting={acting} hidden={hidden} submit={submit} isDanger={isDanger} onCancel={onClose}>
      {children}
      {Object.values(acting.refused?.fields ?? {}).map((text) => (
        <p key={text} className="wrong" role="alert">
          {text}
        </p>
      ))}
    </DialogForm>
  );
}

type RowActionButtonProps = {
  readonly label: string;
  readonly name: string;
  readonly action: (form: FormData) => Promise<Outcome>;
  /** What the action is sent. */
  readonly hidden: Readonly<Record<string, string>>;
};

/** A small button in a row that does at once what the same row can take back. */
export function RowActionButton({ label, name, action, hidden }: RowActionButtonProps) {
  const [isSending, start] = useTransition();
  const send = () =>
    start(async () => {
      const outcome = await callAction(() => action(toFormData(hidden)));
      if (outcome?.kind !== "refused") return;
      notifications.show({ color: "red", message: outcome.message ?? Object.values(outcome.fields)[0] ?? "This was refused." });
    });
  return (
    <button type="button" className={classes["row"]} data-open="" aria-label={name} disabled={isSending} onClick={send}>
      {label}
    </button>
  );
}
