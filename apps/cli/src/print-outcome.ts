import type { Outcome } from "./command.ts";
import type { PlannedCall } from "./context.ts";
import { type Failure, failureLines } from "./describe-failure.ts";
import { paintFor } from "./terminal/paint.ts";
import { printableText } from "./terminal/printable.ts";
import type { World } from "./world.ts";

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
