"use client";

import { type ReactNode, useTransition } from "react";
import { callAction, toFormData } from "../forms/call-action.ts";
import type { Outcome } from "../forms/outcome.ts";
import { useDialogAction } from "../forms/use-form-action.ts";
import { showDone, showFailure } from "../notices/notices.tsx";
import { DialogButton, DialogForm } from "./dialog.tsx";
import classes from "./dialog.module.css";

type ConfirmButtonProps = {
  readonly label: string;
  readonly name: string;
  readonly look?: "row" | "plain";
  readonly title: string;
  /** The server action, and the fields it is sent. */
  readonly action: (form: FormData) => Promise<Outcome>;
  readonly hidden: Readonly<Record<string, string>>;
  readonly submit: string;
  /** Shown in a notice once it is done. */
  readonly done: string;
  /** The server action that undoes it, sent the same fields; leave out if it cannot be undone. */
  readonly undo?: (form: FormData) => Promise<Outcome<unknown>>;
  readonly isDanger?: boolean;
  /** What the action does, and whether it can be undone. */
  readonly children: ReactNode;
};

/** A button that asks for confirmation, with a description of the effect. */
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
  readonly action: (form: FormData) => Promise<Outcome<unknown>>;
  /** The fields the action is sent. */
  readonly hidden: Readonly<Record<string, string>>;
};

/** A small button in a row that acts at once, for what the same row can undo. */
export function RowActionButton({ label, name, action, hidden }: RowActionButtonProps) {
  const [isSending, start] = useTransition();
  const send = () =>
    start(async () => {
      const outcome = await callAction(() => action(toFormData(hidden)));
      if (outcome?.kind === "refused") showFailure(outcome);
    });
  return (
    <button type="button" className={classes["row"]} data-open="" aria-label={name} disabled={isSending} onClick={send}>
      {label}
    </button>
  );
}
