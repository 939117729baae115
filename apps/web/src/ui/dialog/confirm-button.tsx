"use client";

import type { ReactNode } from "react";
import type { Outcome } from "../../page-data/outcome.ts";
import { DialogButton } from "./dialog-button.tsx";
import { DialogForm } from "./dialog-form.tsx";
import { toFormData, showDone } from "./say-done.tsx";
import { useDialogAction } from "./use-act.ts";

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
