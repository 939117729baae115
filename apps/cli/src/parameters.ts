import { InvalidArgumentError } from "commander";

/** An option or argument of a command, and the type its value has. */
export type Parameter<T> = {
  /** As commander writes it: `-e, --env <name>`, `<version>`, `[version]`. */
  readonly flags: string;
  readonly describe: string;
  /** The value when it is not given. */
  readonly initial: T;
  /** Reads a given value; absent for a switch, which has none. */
  read?(text: string, previous: T): T;
  /** What can be given, for completion and help. */
  readonly choices?: readonly string[];
};

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type ValuesOf<P extends Parameters> = { readonly [K in keyof P]: P[K]["initial"] };

/** A text that may be left out. */
export const text = (flags: string, describe: string): Parameter<string | undefined> => ({
  flags,
  describe,
  initial: undefined,
  read: (value) => value,
});

/** A text that has to be there. Only for arguments in angle brackets, which commander asks for. */
export const required = (flags: string, describe: string): Parameter<string> => ({ flags, describe, initial: "", read: (value) => value });

/** A text that may be given several times; all are kept. */
export const repeated = (flags: string, describe: string): Parameter<readonly string[]> => ({
  flags,
  describe,
  initial: [],
  read: (value, previous) => [...previous, value],
});

/** A switch. */
export const flag = (flags: string, describe: string): Parameter<boolean> => ({ flags, describe, initial: false });

/** One of some words. */
export const choice = <const T extends string>(flags: string, describe: string, choices: readonly T[]): Parameter<T | undefined> => ({
  flags,
  describe,
  initial: undefined,
  choices,
  read: (value) => {
    const chosen = choices.find((one) => one === value);
    if (chosen === undefined) throw new InvalidArgumentError(`Choose one of ${choices.join(", ")}.`);
    return chosen;
  },
});

/** A whole number from `least` on. */
export const count = (flags: string, describe: string, initial: number, least = 0): Parameter<number> => ({
  flags,
  describe,
  initial,
  read: (value) => wholeNumber(value, least),
});

/** A whole number from `least` on that may be left out. */
export const optionalCount = (flags: string, describe: string, least = 0): Parameter<number | undefined> => ({
  flags,
  describe,
  initial: undefined,
  read: (value) => wholeNumber(value, least),
});

function wholeNumber(value: string, least: number): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) < least) throw new InvalidArgumentError(`Give a whole number from ${least} on.`);
  return Number(value);
}

/** A moment: ISO 8601 with an offset, or seconds since 1970 as sentry-cli takes them. */
export const moment = (flags: string, describe: string): Parameter<Date | undefined> => ({
  flags,
  describe,
  initial: undefined,
  read: readMoment,
});

function readMoment(value: string): Date {
  // Shorter runs of digits are years and slips of the finger.
  const isSeconds = /^\d{9,11}(?:\.\d+)?$/.test(value);
  const isDate = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?$/.test(value);
  const date = new Date(isSeconds ? Number(value) * 1000 : value);
  if ((isSeconds || isDate) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError("Give a date such as 2026-01-31, a moment such as 2026-01-31T12:00:00Z, or seconds since 1970.");
}
