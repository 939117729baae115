"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { FormError } from "../forms/form-error.tsx";
import type { DialogAction } from "../forms/use-form-action.ts";
import { useReturnFocus } from "../keyboard/use-return-focus.ts";
import classes from "./dialog.module.css";

/** Loaded when the first dialog opens. */
const OpenedDialog = dynamic(() => import("./opened-dialog.tsx").then((module) => module.OpenedDialog), { ssr: false });

type DialogButtonProps = {
  readonly label: string;
  /** The accessible name, where the label alone is not enough: "Revoke the token CI". */
  readonly name?: string;
  /** `row` for the small buttons in the rows of a list. */
  readonly look: "row" | "main" | "plain";
  readonly title: string;
  /** Defaults to true; false where closing would lose something. */
  readonly closesOnClickOutside?: boolean;
  readonly children: (close: () => void) => ReactNode;
};

/** A button that opens a dialog, and gets the focus when the dialog closes. */
export function DialogButton({ label, name, look, title, closesOnClickOutside = true, children }: DialogButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useReturnFocus<HTMLButtonElement>(isOpen);
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
        <OpenedDialog title={title} closesOnClickOutside={closesOnClickOutside} onClose={close}>
          {children(close)}
        </OpenedDialog>
      )}
    </>
  );
}

type DialogFormProps = {
  readonly acting: DialogAction;
  /** Hidden fields, by name. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly submit: string;
  /** Whether the submit button is red: for what deletes or revokes something. */
  readonly isDanger?: boolean;
  readonly onCancel: () => void;
  readonly children: ReactNode;
};

/** The form of a dialog: its fields, its error, and its buttons. */
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
        <Button type="submit" loading={acting.isSending} color={isDanger ? "red" : undefined}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
