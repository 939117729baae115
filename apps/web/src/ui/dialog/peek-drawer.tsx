"use client";

import { Button, Drawer, Loader } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useState } from "react";
import { browserClient } from "../browser-client.ts";
import { FormError } from "../forms/form-error.tsx";
import classes from "./peek-drawer.module.css";

type PeekDrawerProps = {
  readonly title: ReactNode;
  /** Called with 1 for the next and -1 for the previous item of a list, if the drawer shows one of several. */
  readonly onStep?: (step: 1 | -1) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** A drawer at the side of a page that shows the details of one of its items. */
export function PeekDrawer({ title, onStep, onClose, children }: PeekDrawerProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!onStep || step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onStep(step);
  };
  return (
    <Drawer opened onClose={onClose} position="right" size="34rem" title={title} onKeyDown={onKeyDown}>
      <div className={classes["drawer"]}>{children}</div>
    </Drawer>
  );
}

type LoadedProps<T> = {
  /** What is loaded, for the loader's name: "history". */
  readonly what: string;
  /** Reads what is shown. Read again when the component has another `key`. */
  readonly read: (client: Awaited<ReturnType<typeof browserClient>>, signal: AbortSignal) => Promise<T>;
  readonly children: (value: T) => ReactNode;
};

/** Content of a drawer that the browser loads. Give it a `key` of what it shows. */
export function Loaded<T>({ what, read, children }: LoadedProps<T>) {
  const [result, setResult] = useState<{ readonly value: T } | { readonly problem: string } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const load = async () => {
      try {
        const value = await read(await browserClient(), controller.signal);
        if (!controller.signal.aborted) setResult({ value });
      } catch (error) {
        if (!controller.signal.aborted) setResult({ problem: error instanceof Error ? error.message : String(error) });
      }
    };
    void load();
    return () => controller.abort();
    // oxlint-disable-next-line react/exhaustive-deps -- `key` decides when it is read again
  }, [attempt]);
  if (!result) return <Loader size="sm" aria-label={`Loading ${what}`} />;
  if ("value" in result) return children(result.value);
  const retry = () => {
    setResult(null);
    setAttempt(attempt + 1);
  };
  return (
    <div className="stack">
      <FormError message={result.problem} />
      <Button variant="default" onClick={retry}>
        Try again
      </Button>
    </div>
  );
}
