import { CommanderError } from "commander";
import { buildProgram, type Invocation } from "./build-program.ts";
import type { AnyCommand, CommandTree, Outcome } from "./command/command.ts";
import { createContext, type PlannedCall } from "./command/context.ts";
import { readLogin } from "./settings/login-file.ts";
import { resolveSettings } from "./settings/resolve-settings.ts";
import { describeFailure, EXIT, type Failure, failureLines } from "./system/errors.ts";
import type { Runtime } from "./system/runtime.ts";
import { paintFor, printableText } from "./terminal/output.ts";

/** Runs one command line, without the program name. Returns the exit code. Failures of commands are printed, not thrown. */
export async function runCommandLine(tree: CommandTree, argv: readonly string[], runtime: Runtime): Promise<number> {
  let exit: number = EXIT.ok;
  const program = buildProgram(tree, runtime, async (invocation) => {
    exit = await perform(invocation, runtime);
  });
  try {
    await program.parseAsync(asHelpOption(argv), { from: "user" });
    return exit;
  } catch (error) {
    // Commander has already printed the error or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
}

/** Turns `help releases new` into `releases new --help`, because commander's `help` reads only one name. */
const asHelpOption = ([first, ...names]: readonly string[]): string[] =>
  first === "help" && names.length > 1 ? [...names, "--help"] : first === undefined ? [] : [first, ...names];

async function perform({ command, global, isDryRun, values }: Invocation, runtime: Runtime): Promise<number> {
  const print = { isJson: global.json, isQuiet: global.quiet };
  const isFailureAllowed = global.allowFailure || allowsFailure(runtime);
  try {
    const settings = resolveSettings(global, runtime.env, await readLogin(runtime));
    const context = createContext({ runtime, settings, isDryRun, isQuiet: global.quiet });
    const outcome = await command.perform(context, values);
    if (isDryRun && command.hasDryRunResult !== true) printPlan(runtime, context.planned, print);
    else if (outcome) printOutcome(runtime, outcome, print, isConfirmation(command, isDryRun));
    return EXIT[(!isFailureAllowed && outcome?.exit) || "ok"];
  } catch (error) {
    const failure = describeFailure(error);
    const isAllowed = isFailureAllowed && failure.exit !== "interrupted";
    printFailure(runtime, failure, print, isAllowed);
    return isAllowed ? EXIT.ok : EXIT[failure.exit];
  }
}

/** Whether the output is only a confirmation. The output of a dry run is its result. */
const isConfirmation = ({ writes, essential }: AnyCommand, isDryRun: boolean): boolean =>
  writes === true && essential !== true && !isDryRun;

const allowsFailure = ({ env }: Runtime): boolean =>
  [env["LANDFALL_ALLOW_FAILURE"], env["SENTRY_ALLOW_FAILURE"]].some(
    (value) => value !== undefined && /^(?:1|true|yes|on)$/i.test(value.trim()),
  );

export type PrintOptions = { readonly isJson: boolean; readonly isQuiet: boolean };

const json = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;

/** Prints the result of a command, as JSON or text. With `--quiet` confirmations are not printed as text. */
export function printOutcome(runtime: Runtime, { data, text }: Outcome, { isJson, isQuiet }: PrintOptions, isConfirmation: boolean): void {
  if (isJson) runtime.stdout.write(json(data));
  else if (!isQuiet || !isConfirmation) {
    const output = text(paintFor(runtime.stdout, runtime));
    if (output !== "") runtime.stdout.write(`${output}\n`);
  }
}

/** Prints the writes that a dry run did not send. */
export function printPlan(runtime: Runtime, calls: readonly PlannedCall[], { isJson }: PrintOptions): void {
  if (isJson) return runtime.stdout.write(json({ dryRun: true, calls }));
  const lines = calls.map(({ call, input }) => `Would send ${call} ${JSON.stringify(shortened(input))}`);
  runtime.stdout.write(printableText(lines.length === 0 ? "Nothing would be sent.\n" : `${lines.join("\n")}\n`));
}

const MAX_LIST_ITEMS = 3;

/** Returns the value with long lists, such as commits, cut. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shown = value.slice(0, MAX_LIST_ITEMS).map(shortened);
    return value.length > MAX_LIST_ITEMS ? [...shown, `and ${value.length - MAX_LIST_ITEMS} more`] : shown;
  }
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(item)]));
}

/** Prints a failure to stderr, and with `--json` also to stdout. An allowed failure is printed as a warning. */
export function printFailure(runtime: Runtime, failure: Failure, { isJson }: PrintOptions, isAllowed: boolean): void {
  const paint = paintFor(runtime.stderr, runtime);
  const [first = "", ...rest] = failureLines(failure).map(printableText);
  const label = isAllowed ? paint.yellow("warning:") : paint.red("error:");
  runtime.stderr.write(`${[`${label} ${first}`, ...rest].join("\n")}\n`);
  if (isJson) runtime.stdout.write(json({ error: failure }));
}
