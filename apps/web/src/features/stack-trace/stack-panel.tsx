"use client";

import type { ResolvedStackView } from "@landfall/schema/artifacts/source-maps";
import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useCallback, useEffect, useId, useRef, useState } from "react";
import { callAction } from "#ui/forms/call-action.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import type { Outcome } from "#ui/forms/outcome.ts";
import { resolveStack, type StackToResolve } from "./actions.ts";
import { ResolvedStack } from "./resolved-stack.tsx";
import type { StackContext } from "./stack-trigger.tsx";
import classes from "./stack.module.css";

/** Takes a stack trace and shows it in its source. What was typed stays, whatever comes of it; the trace is in no address. */
export function StackPanel({ place, onClose }: { readonly place: StackContext; readonly onClose: () => void }) {
  const { organization, projects, dists, example = "" } = place;
  const [typed, setTyped] = useState({ project: projects[0] ?? "", release: place.release, dist: place.dist, stack: example });
  const { outcome, seconds, isBusy, resolve, stop } = useStackResolution();
  const distList = useId();
  const set = (name: keyof typeof typed) => (event: { readonly currentTarget: { readonly value: string } }) => {
    const { value } = event.currentTarget;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const refused = outcome?.kind === "refused" ? outcome : null;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    resolve({ organization, ...typed });
  };
  return (
    <>
      <form onSubmit={send} className={classes["form"]}>
        <Textarea
          label="Stack trace"
          description="As a browser, Node or an error report shows it"
          placeholder={EXAMPLE}
          value={typed.stack}
          onChange={set("stack")}
          error={refused?.fields["stack"]}
          autosize
          minRows={5}
          maxRows={16}
          spellCheck={false}
          classNames={{ input: classes["trace"] ?? "" }}
          required
          data-autofocus
          ref={focus}
        />
        <div className={classes["fields"]}>
          {projects.length > 1 && (
            <NativeSelect
              label="Project"
              data={[...projects]}
              value={typed.project}
              onChange={set("project")}
              error={refused?.fields["project"]}
            />
          )}
          <TextInput
            label="Release"
            placeholder="none: debug ids alone"
            value={typed.release}
            onChange={set("release")}
            error={refused?.fields["release"]}
            spellCheck={false}
            autoComplete="off"
          />
          <TextInput
            label="Dist"
            placeholder="none"
            value={typed.dist}
            onChange={set("dist")}
            error={refused?.fields["dist"]}
            list={distList}
            spellCheck={false}
            autoComplete="off"
          />
          <datalist id={distList}>
            {dists.map((dist) => (
              <option key={dist} value={dist}>
                {dist}
              </option>
            ))}
          </datalist>
        </div>
        <FormError message={refused?.message} />
        <div className={classes["buttons"]}>
          <Button type="submit" disabled={isBusy}>
            Resolve it
          </Button>
          <Button variant="default" onClick={isBusy ? stop : onClose}>
            {isBusy ? "Stop waiting" : "Close"}
          </Button>
          <output>{isBusy ? `Reading the maps… ${seconds} s` : ""}</output>
        </div>
      </form>
      {outcome?.kind === "done" && <ResolvedStack stack={outcome.value} />}
    </>
  );
}

/** The panel was asked for to type in it. */
function focus(field: HTMLTextAreaElement | null): void {
  field?.focus();
}

const EXAMPLE = `TypeError: Cannot read properties of undefined (reading 'id')
    at t (https://shop.example/assets/app.4f3c.js:1:10342)`;

/** How long an answer is waited for, in seconds. */
const TIMEOUT_SECONDS = 60;

const TIMED_OUT: Outcome<ResolvedStackView> = {
  kind: "refused",
  code: "unavailable",
  message: `There was no answer in ${TIMEOUT_SECONDS} seconds. The maps may be very large; paste fewer lines and try again. Nothing you typed is lost.`,
  fields: {},
};

/** Asks for resolved stack traces, one at a time: what came of the last, and how many seconds the next one is waited for. */
function useStackResolution() {
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
