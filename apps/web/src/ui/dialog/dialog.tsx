"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { FormError } from "../forms/form-error.tsx";
import type { DialogAction } from "../forms/use-form-action.ts";
import classes from "./dialog.module.css";

/** Loaded with the first dialog that is opened. */
const OpenedDialog = dynamic(() => import("./opened-dialog.tsx").then((module) => module.OpenedDialog), { ssr: false });

type DialogButtonProps = {
  readonly label: string;
  /** What the button is called where its label alone says too little: "Revoke the token CI". */
  readonly name?: string;
  /** `row` for the small ones in the rows of a list. */
  readonly look: "row" | "main" | "plain";
  readonly title: string;
  /** Whether a click beside the dialog leaves it; not where that would lose something. */
  readonly leaves?: boolean;
  readonly children: (close: () => void) => ReactNode;
};

/** A button that opens a dialog; the focus comes back to it. */
export function DialogButton({ label, name, look, title, leaves = true, children }: DialogButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  // The dialog is gone once it is closed, and cannot give the focus back itself.
  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const close = () => setOpen(false);
  const open = () => setOpen(true);
  return (
    <>
      {look === "row" ? (
        <button ref={button} type="button" className={classes["row"]} data-open="" aria-label={name} onClick={open}>
          {label}
        </button>
      ) : (
        <Button ref={button} variant={look === "main" ? "filled" : "default"} aria-label={name} onClick={open}>
          {label}
        </Button>
      )}
      {isOpen && (
        <OpenedDialog title={title} leaves={leaves} onClose={close}>
          {children(close)}
        </OpenedDialog>
      )}
    </>
  );
}

type DialogFormProps = {
  readonly acting: DialogAction;
  /** Sent along, unseen. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly submit: string;
  /** Marks what takes something away. */
  readonly isDanger?: boolean;
  readonly onCancel: () => void;
  readonly children: ReactNode;
};

/** The form of a dialog: its fields, what was wrong with the whole of it, and its buttons. */
export function DialogForm({ acting, hidden = {}, submit, isDanger = false, onCancel, children }: DialogFormProps) {
  return (
    <form onSubmit={acting.onSubmit} className={classes["fields"]}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <FormError message={acting.refused?.message} />
      <div className={classes["buttons"]}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={acting.isSending} {...(isDanger ? { color: "red" } : {})}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
