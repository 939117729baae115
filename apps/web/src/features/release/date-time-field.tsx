"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";

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

/** A moment as a field for dates holds it: the time in this computer's zone, to the second. */
export function toLocalInput(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** The moment that a field for dates holds, in UTC; "" for none. */
export function fromLocalInput(typed: string): string {
  const moment = new Date(typed);
  return Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
}
