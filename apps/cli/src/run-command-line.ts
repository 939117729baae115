import { CommanderError } from "commander";
import { buildProgram, type Invocation } from "./build-program.ts";
import type { AnyCommand, CommandTree, Outcome } from "./command/command.ts";
import { createContext, type PlannedCall } from "./command/context.ts";
import { readLogin } from "./settings/login-file.ts";
import { resolveSettings } from "./settings/resolve-settings.ts";
import { describeFailure, EXIT, type Failure, failureLines } from "./system/errors.ts";
import type { World } from "./system/world.ts";
import { paintFor, printableText } from "./terminal/output.ts";

/** Runs one command line, given without the program's name, and answers the exit code. Never throws. */
export async function runCommandLine(tree: CommandTree, argv: readonly string[], world: World): Promise<number> {
  let exit: number = EXIT.ok;
  const program = buildProgram(tree, world, async (invocation) => {
    exit = await perform(invocation, world);
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (error) {
    // Commander has said what is wrong, or printed what was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
}

async function perform({ command, global, isDryRun, values }: Invocation, world: World): Promise<number> {
  const print = { isJson: global.json, isQuiet: global.quiet };
  const isFailureAllowed = global.allowFailure || allowsFailure(world);
  try {
    const settings = resolveSettings(global, world.env, await readLogin(world));
    const context = createContext({ world, settings, isDryRun, isQuiet: global.quiet });
    const outcome = await command.perform(context, values);
    if (isDryRun && command.rehearses !== true) printPlan(world, context.planned, print);
    else if (outcome) printOutcome(world, outcome, print, isConfirmation(command, isDryRun));
    return EXIT[(!isFailureAllowed && outcome?.exit) || "ok"];
  } catch (error) {
    const failure = describeFailure(error);
    const isAllowed = isFailureAllowed && failure.exit !== "interrupted";
    printFailure(world, failure, print, isAllowed);
    return isAllowed ? EXIT.ok : EXIT[failure.exit];
  }
}

/** What a dry run tells is what was asked for. */
const isConfirmation = ({ writes, essential }: AnyCommand, isDryRun: boolean): boolean =>
  writes === true && essential !== true && !isDryRun;

const allowsFailure = ({ env }: World): boolean =>
  [env["LANDFALL_ALLOW_FAILURE"], env["SENTRY_ALLOW_FAILURE"]].some(
    (value) => value !== undefined && /^(?:1|true|yes|on)$/i.test(value.trim()),
  );

export type PrintOptions = { readonly isJson: boolean; readonly isQuiet: boolean };

const json = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;

/** Prints what a command answered: JSON alone, or text for people. With `--quiet` only what was asked for, no confirmations. */
export function printOutcome(world: World, { data, text }: Outcome, { isJson, isQuiet }: PrintOptions, isConfirmation: boolean): void {
  if (isJson) world.stdout.write(json(data));
  else if (!isQuiet || !isConfirmation) {
    const told = text(paintFor(world.stdout, world));
    if (told !== "") world.stdout.write(`${told}\n`);
  }
}

/** Prints what a dry run would have sent. */
export function printPlan(world: World, calls: readonly PlannedCall[], { isJson }: PrintOptions): void {
  if (isJson) return world.stdout.write(json({ dryRun: true, calls }));
  const lines = calls.map(({ call, input }) => `Would send ${call} ${JSON.stringify(shortened(input))}`);
  world.stdout.write(printableText(lines.length === 0 ? "Nothing would be sent.\n" : `${lines.join("\n")}\n`));
}

const LONGEST_LIST = 3;

/** Long lists, such as those of commits, cut to their beginning. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shown = value.slice(0, LONGEST_LIST).map(shortened);
    return value.length > LONGEST_LIST ? [...shown, `and ${value.length - LONGEST_LIST} more`] : shown;
  }
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shortened(one)]));
}

/** Prints why a command failed: on stderr, and with `--json` on stdout besides. A failure that is allowed is a warning. */
export function printFailure(world: World, failure: Failure, { isJson }: PrintOptions, isAllowed: boolean): void {
  const paint = paintFor(world.stderr, world);
  const [first = "", ...rest] = failureLines(failure).map(printableText);
  const label = isAllowed ? paint.yellow("warning:") : paint.red("error:");
  world.stderr.write(`${[`${label} ${first}`, ...rest].join("\n")}\n`);
  if (isJson) world.stdout.write(json({ error: failure }));
}
