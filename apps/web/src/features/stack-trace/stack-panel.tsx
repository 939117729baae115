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

/** A form for a stack trace, and the resolved trace. The form keeps its values after errors; the trace is never in the URL. */
export function StackPanel({ context, onClose }: { readonly context: StackContext; readonly onClose: () => void }) {
  const { organization, projects, dists, example = "" } = context;
  const [typed, setTyped] = useState({ project: projects[0] ?? "", release: context.release, dist: context.dist, stack: example });
  const { outcome, sent, seconds, isBusy, resolve, stop } = useStackResolution();
  const distList = useId();
  const set = (name: keyof typeof typed) => (event: { readonly currentTarget: { readonly value: string } }) => {
    const { value } = event.currentTarget;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  const refused = outcome?.kind === "refused" ? outcome : null;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    resolve({ organization, ...typed, files: {} });
  };
  const choose = (url: string, file: string) => {
    if (sent !== null) resolve({ ...sent, files: { ...sent.files, [url]: file } });
  };
  return (
    <>
      <form onSubmit={send} className={classes["form"]}>
        <Textarea
          label="Stack trace"
          description="As shown by a browser, Node.js, or an error report"
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
            placeholder="None: use only debug ids"
            value={typed.release}
            onChange={set("release")}
            error={refused?.fields["release"]}
            spellCheck={false}
            autoComplete="off"
          />
          <TextInput
            label="Dist"
            placeholder="None"
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
            Resolve
          </Button>
          <Button variant="default" onClick={isBusy ? stop : onClose}>
            {isBusy ? "Stop waiting" : "Close"}
          </Button>
          <output>{isBusy ? `Reading source maps… ${seconds} s` : ""}</output>
        </div>
      </form>
      {outcome?.kind === "done" && <ResolvedStack stack={outcome.value} onChoose={choose} isBusy={isBusy} />}
    </>
  );
}

/** A ref callback that focuses the field when the panel opens. */
function focus(field: HTMLTextAreaElement | null): void {
  field?.focus();
}

const EXAMPLE = `TypeError: Cannot read properties of undefined (reading 'id')
    at t (https://shop.example/assets/app.4f3c.js:1:10342)`;

/** How long to wait for a response, in seconds. */
const TIMEOUT_SECONDS = 60;

const TIMED_OUT: Outcome<ResolvedStackView> = {
  kind: "refused",
  code: "unavailable",
  message: `No response after ${TIMEOUT_SECONDS} seconds. The source maps may be very large. Try again with fewer lines.`,
  fields: {},
};

/** Resolves stack traces, one at a time. Returns the last outcome, the last request, and how many seconds the current one has taken. */
function useStackResolution() {
  const [sent, setSent] = useState<StackToResolve | null>(null);
  const [outcome, setOutcome] = useState<Outcome<ResolvedStackView>>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const lastRequest = useRef(0);
  const end = useCallback((result: Outcome<ResolvedStackView>) => {
    lastRequest.current += 1;
    setSeconds(null);
    setOutcome(result);
  }, []);
  useEffect(() => {
    if (seconds === null) return;
    const next = () => (seconds + 1 < TIMEOUT_SECONDS ? setSeconds(seconds + 1) : end(TIMED_OUT));
    const timer = setTimeout(next, 1000);
    return () => clearTimeout(timer);
  }, [seconds, end]);
  const resolve = async (input: StackToResolve) => {
    lastRequest.current += 1;
    const request = lastRequest.current;
    setSeconds(0);
    setSent(input);
    const result = await callAction(() => resolveStack(input));
    if (lastRequest.current === request) end(result);
  };
  return {
    outcome,
    sent,
    seconds: seconds ?? 0,
    isBusy: seconds !== null,
    resolve: (input: StackToResolve) => void resolve(input),
    stop: () => end(outcome),
  };
}
