"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { FormError } from "../refusal.tsx";
import classes from "./dialog.module.css";
import type { DialogAction } from "./use-act.ts";

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
