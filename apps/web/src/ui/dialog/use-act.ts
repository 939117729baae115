"use client";

import { type FormEvent, useState, useTransition } from "react";
import type { Failure, Outcome } from "../../page-data/outcome.ts";
import { callAction } from "../sending/answer-of.ts";

/** A form of a dialog: what became of it, and how to send it. */
export type DialogAction = {
  /** What to mend; its `message` is of the whole, `fields` are by name. */
  readonly refused: Failure | null;
  readonly isSending: boolean;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/** Sends a form to a server action, keeps what was typed when it is refused or no answer comes, and calls `onDone` when it is done. */
export function useDialogAction<T>(action: (form: FormData) => Promise<Outcome<T>>, onDone: (value: T) => void): DialogAction {
  const [outcome, setOutcome] = useState<Outcome<T>>(null);
  const [isSending, start] = useTransition();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    start(async () => {
      const answer = await callAction(() => action(form));
      setOutcome(answer);
      if (answer?.kind === "done") onDone(answer.value);
    });
  };
  return { refused: outcome?.kind === "refused" ? outcome : null, isSending, onSubmit };
}
