"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";

type DateTimeFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  /** ISO 8601, UTC. */
  readonly initial: string | null;
  readonly error: string | undefined;
};

/** A date and time in the viewer's time zone; the form sends UTC. An unchanged value is sent as it was, to the millisecond. */
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

/** The value of a `datetime-local` input: local time, to the second. */
export function toLocalInput(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** The value of a `datetime-local` input in UTC, as ISO 8601; "" for an empty or invalid value. */
export function fromLocalInput(typed: string): string {
  const date = new Date(typed);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
