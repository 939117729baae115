import { CommanderError } from "commander";
import { buildProgram, type Invocation } from "./build-program.ts";
import type { AnyCommand } from "./command.ts";
import type { CommandTree } from "./command-tree.ts";
import { createContext } from "./context.ts";
import { describeFailure } from "./describe-failure.ts";
import { EXIT } from "./exit-codes.ts";
import { printFailure, printOutcome, printPlan } from "./print-outcome.ts";
import { readLogin } from "./settings/login-file.ts";
import { resolveSettings } from "./settings/resolve-settings.ts";
import type { World } from "./world.ts";

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
