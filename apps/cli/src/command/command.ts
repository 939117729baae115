import { InvalidArgumentError } from "commander";
import type { ExitCause } from "../system/errors.ts";
import { type Paint, printable } from "../terminal/output.ts";
import type { Context } from "./context.ts";

/** What a command answered: the data for `--json`, and the same for people. */
export type Outcome = {
  readonly data: unknown;
  readonly text: (paint: Paint) => string;
  /** How the program ends though the command did what it was asked; with 0 when there is none. */
  readonly exit?: ExitCause;
};

type Facts = {
  /** One line for the list of commands. */
  readonly describe: string;
  /** What else `--help` should say. */
  readonly details?: string;
  /** Command lines to copy, without the program's name. */
  readonly examples: readonly string[];
  /** Whether it changes something: then it has `--dry-run`, and `--quiet` keeps its confirmation back. */
  readonly writes?: boolean;
  /** Whether its dry run answers what it would do. Otherwise the calls that it left out are printed. */
  readonly rehearses?: boolean;
  /** Whether its result is printed even with `--quiet`, because it is shown nowhere else. */
  readonly essential?: boolean;
};

/** A command as the command line sees it. */
export interface AnyCommand extends Facts {
  readonly arguments: Parameters;
  readonly options: Parameters;
  /** Runs with the values that were read. Null when there is nothing to tell, as after a dry run. */
  perform(context: Context, values: Readonly<Record<string, unknown>>): Promise<Outcome | null>;
}

type Definition<A extends Parameters, O extends Parameters, D> = Facts & {
  readonly arguments?: A;
  readonly options?: O;
  /** Answers what was done or found; undefined after a dry run. */
  run(context: Context, args: ValuesOf<A> & ValuesOf<O>): Promise<D | undefined>;
  /** The answer for people. */
  print(data: D, paint: Paint): string;
  /** How the program ends for this answer; with 0 when it is left out. */
  exit?(data: D): ExitCause;
};

/** A command as its own tests see it: typed, answering data and printing nothing. */
export interface Command<Args, D> extends AnyCommand {
  run(context: Context, args: Args): Promise<D | undefined>;
  print(data: D, paint: Paint): string;
}

type None = Readonly<Record<never, never>>;

/** Makes a command out of its parts. */
export function command<D, A extends Parameters = None, O extends Parameters = None>(
  definition: Definition<A, O, D>,
): Command<ValuesOf<A> & ValuesOf<O>, D> {
  const { run, print } = definition;
  return {
    ...definition,
    arguments: definition.arguments ?? {},
    options: definition.options ?? {},
    async perform(context, values) {
      const data = await run(context, asArguments<ValuesOf<A> & ValuesOf<O>>(values));
      if (data === undefined) return null;
      const exit = definition.exit?.(data);
      return { data, text: (paint) => print(printable(data), paint), ...(exit === undefined ? {} : { exit }) };
    },
  };
}

/** The values were read by these very parameters, which the command line cannot tell the compiler. */
const asArguments = <T>(values: Readonly<Record<string, unknown>>): T => values as T;

/** Commands about one thing: `releases new`, `releases list`. */
export type CommandGroup = { readonly describe: string; readonly commands: Readonly<Record<string, AnyCommand>> };

/** Every command by its name, in the order of `--help`. */
export type CommandTree = Readonly<Record<string, AnyCommand | CommandGroup>>;

/** Whether this is a group of commands. */
export const isGroup = (node: AnyCommand | CommandGroup): node is CommandGroup => "commands" in node;

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

/** The options every command has; they may stand before or after it. */
export const GLOBAL_OPTIONS = {
  server: text("--server <url>", "the server's address (LANDFALL_URL, SENTRY_URL)"),
  token: text("--token <token>", "the token to use (LANDFALL_TOKEN, SENTRY_AUTH_TOKEN)"),
  org: text("-o, --org <slug>", "the organization (LANDFALL_ORG, SENTRY_ORG)"),
  project: repeated("-p, --project <slug>", "a project; repeat it for more (LANDFALL_PROJECT, SENTRY_PROJECT)"),
  json: flag("--json", "print the result as JSON"),
  quiet: flag("-q, --quiet", "print no messages, no progress and no confirmations"),
  allowFailure: flag("--allow-failure", "warn and exit with 0 when the command fails (LANDFALL_ALLOW_FAILURE, SENTRY_ALLOW_FAILURE)"),
} as const satisfies Record<string, Parameter<unknown>>;

/** What `--server` is called in sentry-cli; some commands have a `--url` of their own. */
export const SERVER_ALIAS: Parameter<string | undefined> = text("--url <url>", "same as --server");

/** What commands that change something have besides. */
export const DRY_RUN = flag("--dry-run", "send nothing that changes something; print what would be sent");
