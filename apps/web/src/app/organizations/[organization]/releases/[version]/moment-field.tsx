"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { toLocalInput, fromLocalInput } from "./local-moment.ts";

type DateTimeFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  /** An instant as views tell it. */
  readonly initial: string | null;
  readonly error: string | undefined;
};

/** A moment in the viewer's own zone; the form sends it in UTC. What was not touched is sent as it was, to the millisecond. */
export function DateTimeField({ name, label, description, initial, error }: DateTimeFieldProps) {
  const shown = initial === null ? "" : toLocalInput(new Date(initial));
  const [typed, setTyped] = useState(shown);
  return (
    <>
      <TextInput
        type="datetime-local"
        step={1}
        label={label}
        description={description}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={error}
      />
      <input type="hidden" name={name} value={typed === shown ? (initial ?? "") : fromLocalInput(typed)} />
    </>
  );
}
