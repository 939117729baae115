import type { Context } from "./context.ts";
import type { ExitCause } from "./exit-codes.ts";
import type { Parameters, ValuesOf } from "./parameters.ts";
import type { Paint } from "./terminal/paint.ts";
import { printable } from "./terminal/printable.ts";

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
