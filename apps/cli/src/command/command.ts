import { InvalidArgumentError } from "commander";
import type { ExitCause } from "../system/errors.ts";
import { type Paint, printable } from "../terminal/output.ts";
import type { Context } from "./context.ts";

/** The result of a command: data for `--json`, and the same as text. */
export type Outcome = {
  readonly data: unknown;
  readonly text: (paint: Paint) => string;
  /** Decides the exit code of a command that succeeded; 0 if absent. */
  readonly exit?: ExitCause;
};

type Properties = {
  /** One line for the list of commands. */
  readonly describe: string;
  /** Further paragraphs of `--help`. */
  readonly details?: string;
  /** Example command lines, without the program name. */
  readonly examples: readonly string[];
  /** Whether it changes anything. If so, it has `--dry-run`, and `--quiet` hides its confirmation. */
  readonly writes?: boolean;
  /** Whether `run` returns a result in a dry run too. If not, a dry run prints the calls that were not sent. */
  readonly hasDryRunResult?: boolean;
  /** Whether the result is printed even with `--quiet`, because it cannot be retrieved later. */
  readonly essential?: boolean;
};

/** A command as the parser uses it. */
export interface AnyCommand extends Properties {
  readonly arguments: Parameters;
  readonly options: Parameters;
  /** Runs with the parsed values. Returns null if there is no result, as in a dry run. */
  perform(context: Context, values: Readonly<Record<string, unknown>>): Promise<Outcome | null>;
}

type Definition<A extends Parameters, O extends Parameters, D> = Properties & {
  readonly arguments?: A;
  readonly options?: O;
  /** Returns what was changed or found; undefined in a dry run. */
  run(context: Context, args: ValuesOf<A> & ValuesOf<O>): Promise<D | undefined>;
  /** Formats the result as text. */
  print(data: D, paint: Paint): string;
  /** Decides the exit code by the result; 0 if absent. */
  exit?(data: D): ExitCause;
};

/** A command with typed arguments and result, for its own tests. */
export interface Command<Args, D> extends AnyCommand {
  run(context: Context, args: Args): Promise<D | undefined>;
  print(data: D, paint: Paint): string;
}

type None = Readonly<Record<never, never>>;

/** Builds a command from its definition. */
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

      return { data, text: (paint) => print(printable(data), paint), exit: definition.exit?.(data) };
    },
  };
}

/** A cast, because the parser reads the values with the parameters of this command but does not carry their types. */
const asArguments = <T>(values: Readonly<Record<string, unknown>>): T => values as T;

/** Commands with a common first word: `releases new`, `releases list`. */
export type CommandGroup = { readonly describe: string; readonly commands: Readonly<Record<string, AnyCommand>> };

/** All commands by name, in the order of `--help`. */
export type CommandTree = Readonly<Record<string, AnyCommand | CommandGroup>>;

/** Whether this is a group of commands. */
export const isGroup = (node: AnyCommand | CommandGroup): node is CommandGroup => "commands" in node;

/** An option or argument of a command; `T` is the type of its value. */
export type Parameter<T> = {
  /** In commander's notation: `-e, --env <name>`, `<version>`, `[version]`. */
  readonly flags: string;
  readonly describe: string;
  /** The value if it is omitted. */
  readonly initial: T;
  /** Parses a value; absent for a switch, which has none. */
  read?(text: string, previous: T): T;
  /** The possible values, for completion and help. */
  readonly choices?: readonly string[];
};

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** The values of parameters. A value that can be undefined may also be absent. */
export type ValuesOf<P extends Parameters> = {
  readonly [K in keyof P as undefined extends P[K]["initial"] ? never : K]: P[K]["initial"];
} & { readonly [K in keyof P as undefined extends P[K]["initial"] ? K : never]?: P[K]["initial"] };

/** An optional string. */
export const text = (flags: string, describe: string): Parameter<string | undefined> => ({
  flags,
  describe,
  initial: undefined,
  read: (value) => value,
});

/** A required string. Only for arguments in angle brackets, which commander checks. */
export const required = (flags: string, describe: string): Parameter<string> => ({ flags, describe, initial: "", read: (value) => value });

/** A string that may be repeated; the value is the list of all. */
export const repeated = (flags: string, describe: string): Parameter<readonly string[]> => ({
  flags,
  describe,
  initial: [],
  read: (value, previous) => [...previous, value],
});

/** A switch. */
export const flag = (flags: string, describe: string): Parameter<boolean> => ({ flags, describe, initial: false });

/** One of a set of strings. */
export const choice = <const T extends string>(flags: string, describe: string, choices: readonly T[]): Parameter<T | undefined> => ({
  flags,
  describe,
  initial: undefined,
  choices,
  read: (value) => {
    const match = choices.find((known) => known === value);
    if (match === undefined) throw new InvalidArgumentError(`Expected one of ${choices.join(", ")}.`);
    return match;
  },
});

/** A whole number not below `min`. */
export const count = (flags: string, describe: string, initial: number, min = 0): Parameter<number> => ({
  flags,
  describe,
  initial,
  read: (value) => wholeNumber(value, min),
});

/** An optional whole number not below `min`. */
export const optionalCount = (flags: string, describe: string, min = 0): Parameter<number | undefined> => ({
  flags,
  describe,
  initial: undefined,
  read: (value) => wholeNumber(value, min),
});

function wholeNumber(value: string, min: number): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) < min) throw new InvalidArgumentError(`Expected a whole number, at least ${min}.`);
  return Number(value);
}

/** A point in time: ISO 8601 with an offset, or seconds since 1970, which sentry-cli accepts too. */
export const timestamp = (flags: string, describe: string): Parameter<Date | undefined> => ({
  flags,
  describe,
  initial: undefined,
  read: readTimestamp,
});

function readTimestamp(value: string): Date {
  // Fewer digits are a year or a typo.
  const isSeconds = /^\d{9,11}(?:\.\d+)?$/.test(value);
  const isDate = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?$/.test(value);
  const date = new Date(isSeconds ? Number(value) * 1000 : value);
  if ((isSeconds || isDate) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError("Expected a date such as 2026-01-31, a time such as 2026-01-31T12:00:00Z, or seconds since 1970.");
}

/** The options of every command, allowed before and after its name. */
export const GLOBAL_OPTIONS = {
  server: text("--server <url>", "the URL of the server (LANDFALL_URL, SENTRY_URL)"),
  token: text("--token <token>", "the token to use (LANDFALL_TOKEN, SENTRY_AUTH_TOKEN)"),
  org: text("-o, --org <slug>", "the organization slug (LANDFALL_ORG, SENTRY_ORG)"),
  project: repeated("-p, --project <slug>", "a project slug; may be repeated (LANDFALL_PROJECT, SENTRY_PROJECT)"),
  json: flag("--json", "print the result as JSON"),
  quiet: flag("-q, --quiet", "print no messages, progress, or confirmations"),
  allowFailure: flag(
    "--allow-failure",
    "if the command fails, print a warning and exit with 0 (LANDFALL_ALLOW_FAILURE, SENTRY_ALLOW_FAILURE)",
  ),
} as const satisfies Record<string, Parameter<unknown>>;

/** The name of `--server` in sentry-cli. Commands with their own `--url` do not have it. */
export const SERVER_ALIAS: Parameter<string | undefined> = text("--url <url>", "same as --server");

/** An additional option of commands that change anything. */
export const DRY_RUN = flag("--dry-run", "change nothing; print what would be sent");
