"use client";

import { notifications } from "@mantine/notifications";
import { useTransition } from "react";
import type { Outcome } from "../../page-data/outcome.ts";
import { callAction } from "../sending/answer-of.ts";
import classes from "./dialog.module.css";
import { toFormData } from "./say-done.tsx";

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
