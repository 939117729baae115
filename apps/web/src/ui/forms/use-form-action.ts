"use client";

import { type FormEvent, type SubmitEvent, useActionState, useState, useTransition } from "react";
import { callAction, noResponseMessage } from "./call-action.ts";
import type { Failure, Outcome } from "./outcome.ts";

/** A form of a page: what was answered to it, and how to send it. */
export type FormAction<A> = {
  readonly answer: A;
  /** Why the last time it was sent no answer came. */
  readonly unanswered: string | null;
  readonly isSending: boolean;
  /** For `<form {...form}>`. */
  readonly form: { readonly action: (form: FormData) => void; readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void };
  /** Sends what is in no form. */
  readonly send: (form: FormData) => void;
};

/**
 * Sends forms to a server action, also where no scripts run. Where they do, what was typed stays whatever becomes of it, until `isDone`
 * says of an answer that it is needed no more.
 */
export function useFormAction<A>(
  action: (before: Awaited<A>, form: FormData) => Promise<A>,
  initial: NoInfer<Awaited<A>>,
  isDone: (answer: NoInfer<Awaited<A>>) => boolean = () => false,
): FormAction<Awaited<A>> {
  const [first, sendPlain] = useActionState<A, FormData>(action, initial);
  const [later, setLater] = useState<{ readonly answer: Awaited<A> } | null>(null);
  const [unanswered, setUnanswered] = useState<string | null>(null);
  const [isSending, start] = useTransition();
  const answer = later ? later.answer : first;
  const sendFrom = (data: FormData, form: HTMLFormElement | null) =>
    start(async () => {
      try {
        const answered = await action(answer, data);
        setUnanswered(null);
        setLater({ answer: answered });
        if (isDone(answered)) form?.reset();
      } catch (error) {
        setUnanswered(noResponseMessage(error));
      }
    });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    sendFrom(new FormData(event.currentTarget, event.nativeEvent.submitter), event.currentTarget);
  };
  return { answer, unanswered, isSending, form: { action: sendPlain, onSubmit }, send: (data) => sendFrom(data, null) };
}

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
