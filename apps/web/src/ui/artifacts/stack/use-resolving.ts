"use client";

import type { ResolvedStackView } from "@landfall/schema/views/resolved-stack";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Outcome } from "../../../page-data/outcome.ts";
import { callAction } from "../../sending/answer-of.ts";
import { resolveStack, type StackToResolve } from "./resolve-stack.ts";

/** How long an answer is waited for, in seconds. */
const TIMEOUT_SECONDS = 60;

const TIMED_OUT: Outcome<ResolvedStackView> = {
  kind: "refused",
  code: "unavailable",
  message: `There was no answer in ${TIMEOUT_SECONDS} seconds. The maps may be very large; paste fewer lines and try again. Nothing you typed is lost.`,
  fields: {},
};

/** Asks for resolved stack traces, one at a time: what came of the last, and how many seconds the next one is waited for. */
export function useStackResolution() {
  const [outcome, setOutcome] = useState<Outcome<ResolvedStackView>>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const asked = useRef(0);
  const end = useCallback((came: Outcome<ResolvedStackView>) => {
    asked.current += 1;
    setSeconds(null);
    setOutcome(came);
  }, []);
  useEffect(() => {
    if (seconds === null) return;
    const next = () => (seconds + 1 < TIMEOUT_SECONDS ? setSeconds(seconds + 1) : end(TIMED_OUT));
    const timer = setTimeout(next, 1000);
    return () => clearTimeout(timer);
  }, [seconds, end]);
  const resolve = async (wanted: StackToResolve) => {
    asked.current += 1;
    const mine = asked.current;
    setSeconds(0);
    const answer = await callAction(() => resolveStack(wanted));
    if (asked.current === mine) end(answer);
  };
  return {
    outcome,
    seconds: seconds ?? 0,
    isBusy: seconds !== null,
    resolve: (wanted: StackToResolve) => void resolve(wanted),
    stop: () => end(outcome),
  };
}
