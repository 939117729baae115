"use client";

import { type SubmitEvent, useActionState, useState, useTransition } from "react";
import { noResponseMessage } from "./call-action.ts";
import type { Failure, Outcome } from "./outcome.ts";

/** The state of a form that is sent to a server action. */
export type FormAction<A> = {
  /** What the action returned last; at first the initial value. */
  readonly result: A;
  /** Why there was no response to the last submission; null if there was one. */
  readonly noResponse: string | null;
  readonly isSending: boolean;
  /** For `<form {...form}>`. */
  readonly form: { readonly action: (form: FormData) => void; readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void };
  /** Sends form data that is in no form. */
  readonly send: (form: FormData) => void;
};

/**
 * Sends a form to a server action, also where no scripts run. Where they do, the form keeps what was typed, whatever the result is.
 * `onResult` is called with each result, and with the form to reset if its fields are no longer needed.
 */
export function useFormAction<A>(
  action: (before: Awaited<A>, form: FormData) => Promise<A>,
  initial: NoInfer<Awaited<A>>,
  onResult: (result: NoInfer<Awaited<A>>, form: HTMLFormElement | null) => void = () => {},
): FormAction<Awaited<A>> {
  const [first, sendPlain] = useActionState<A, FormData>(action, initial);
  const [later, setLater] = useState<{ readonly result: Awaited<A> } | null>(null);
  const [noResponse, setNoResponse] = useState<string | null>(null);
  const [isSending, start] = useTransition();
  const result = later ? later.result : first;
  const sendFrom = (data: FormData, form: HTMLFormElement | null) =>
    start(async () => {
      try {
        const next = await action(result, data);
        setNoResponse(null);
        setLater({ result: next });
        onResult(next, form);
      } catch (error) {
        setNoResponse(noResponseMessage(error));
      }
    });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    sendFrom(new FormData(event.currentTarget, event.nativeEvent.submitter), event.currentTarget);
  };
  return { result, noResponse, isSending, form: { action: sendPlain, onSubmit }, send: (data) => sendFrom(data, null) };
}

/** The state of a dialog's form. */
export type DialogAction = {
  /** Why the last submission failed. */
  readonly refused: Pick<Failure, "message" | "fields"> | null;
  readonly isSending: boolean;
  readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
};

/** Sends a dialog's form to a server action, as `useFormAction` does, and calls `onDone` with the value when it succeeds. */
export function useDialogAction<T>(action: (form: FormData) => Promise<Outcome<T>>, onDone: (value: T) => void): DialogAction {
  const { result, noResponse, isSending, form } = useFormAction<Outcome<T>>(
    (_before, data) => action(data),
    null,
    (outcome) => {
      if (outcome?.kind === "done") onDone(outcome.value);
    },
  );
  const refused = noResponse === null ? (result?.kind === "refused" ? result : null) : { message: noResponse, fields: {} };
  return { refused, isSending, onSubmit: form.onSubmit };
}
