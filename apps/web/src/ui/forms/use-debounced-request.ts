"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { callAction } from "./call-action.ts";
import type { Outcome } from "./outcome.ts";

/** The outcome of the request for a key. */
export type RequestOutcome<T> =
  | { readonly state: "done"; readonly key: string; readonly value: T }
  | { readonly state: "failed"; readonly key: string; readonly error: unknown };

/**
 * Sends the request for `key` once `key` has not changed for `delay` milliseconds, and aborts the previous one. Returns the last outcome,
 * which may be that of an earlier key; null before the first one. A key of null sends nothing. (@mantine/hooks
 * only delays: what has been sent would be neither aborted nor ignored.)
 */
export function useDebouncedRequest<T>(
  key: string | null,
  delay: number,
  request: (key: string, signal: AbortSignal) => Promise<T>,
): RequestOutcome<T> | null {
  const [outcome, setOutcome] = useState<RequestOutcome<T> | null>(null);
  const send = useEffectEvent(request);
  useEffect(() => {
    if (key === null) return;
    return sendDelayed(key, { delay, send: (sent, signal) => send(sent, signal), onOutcome: setOutcome });
  }, [key, delay]);
  return outcome;
}

/** Milliseconds a typed text must stay unchanged before it is looked up. */
const LOOKUP_DELAY = 150;

/**
 * Looks up suggestions for a typed text. Returns the last result: null before the first, and after a failed lookup, since one can type
 * without suggestions. A text of null looks nothing up.
 */
export function useDebouncedLookup<T>(text: string | null, lookup: (text: string, signal: AbortSignal) => Promise<T>): T | null {
  const outcome = useDebouncedRequest(text, LOOKUP_DELAY, lookup);
  return outcome?.state === "done" ? outcome.value : null;
}

/**
 * Calls a server action when `key` changes, and first when the component is mounted. Returns its outcome for the current key; null until
 * there is one, and for a key of null.
 */
export function useActionOutcome<T>(key: string | null, action: (key: string) => Promise<Outcome<T>>): Outcome<T> {
  const outcome = useDebouncedRequest(key, 0, (called) => callAction(() => action(called)));
  return outcome?.state === "done" && outcome.key === key ? outcome.value : null;
}

type DelayedRequest<T> = {
  /** Milliseconds before the request is sent. */
  readonly delay: number;
  readonly send: (key: string, signal: AbortSignal) => Promise<T>;
  readonly onOutcome: (outcome: RequestOutcome<T>) => void;
};

/** Sends a request after a delay. Returns the function that cancels it, after which no outcome is reported. */
export function sendDelayed<T>(key: string, { delay, send, onOutcome }: DelayedRequest<T>): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const report = (outcome: RequestOutcome<T>) => {
    if (!signal.aborted) onOutcome(outcome);
  };
  const timer = setTimeout(() => {
    void send(key, signal).then(
      (value) => report({ state: "done", key, value }),
      (error: unknown) => report({ state: "failed", key, error }),
    );
  }, delay);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}
