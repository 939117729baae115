import { Argument, Command as Commander, type Help, Option } from "commander";
import {
  type AnyCommand,
  type CommandTree,
  DRY_RUN,
  GLOBAL_OPTIONS,
  isGroup,
  type Parameter,
  type Parameters,
  SERVER_ALIAS,
  type ValuesOf,
} from "./command/command.ts";
import { VERSION } from "./command/context.ts";
import { SERVER_PROGRAMS_HELP } from "./server-programs.ts";
import { EXIT_CODES_HELP } from "./system/errors.ts";
import type { Runtime } from "./system/runtime.ts";

/** The parsed command line: the selected command and its option values. */
export type Invocation = {
  readonly command: AnyCommand;
  readonly global: ValuesOf<typeof GLOBAL_OPTIONS>;
  readonly isDryRun: boolean;
  readonly values: Readonly<Record<string, unknown>>;
};

type Run = (invocation: Invocation) => Promise<void>;

const INTRO = `Report releases, commits, and deploys to a Landfall server.

Settings are read from flags, LANDFALL_ variables, SENTRY_ variables, the login file (\`landfall login\`), and the token, in this order.
With the variables set in CI, \`landfall ship -e production\` is the only command you need.`;

const GLOBAL_GROUP = "Global options:";

/** Returns the parser: it prints help, or calls `run` with the selected command. Throws a CommanderError where commander would exit. */
export function buildProgram(tree: CommandTree, runtime: Pick<Runtime, "stdout" | "stderr">, run: Run): Commander {
  const program = new Commander("landfall");
  // These must be set first: subcommands inherit them when they are added.
  program
    .exitOverride()
    .configureOutput({
      writeOut: (text) => runtime.stdout.write(text),
      writeErr: (text) => runtime.stderr.write(text),
      getOutHelpWidth: () => runtime.stdout.columns,
      getErrHelpWidth: () => runtime.stderr.columns,
    })
    .configureHelp({ sortSubcommands: false, sortOptions: false, subcommandTerm })
    .enablePositionalOptions()
    .showHelpAfterError("Add --help for usage.");
  program
    .description(INTRO)
    .version(VERSION, "-V, --version", "print the version")
    .addHelpText("after", `\n${SERVER_PROGRAMS_HELP}\n\n${EXIT_CODES_HELP}`);
  program.helpCommand("help [command...]", "show help for a command");
  addGlobals(program, new Set());
  for (const [name, node] of Object.entries(tree)) {
    if (!isGroup(node)) {
      addCommand(program, name, node, run);
      continue;
    }
    const group = program.command(name).description(node.describe);
    addGlobals(group, new Set());
    for (const [verb, command] of Object.entries(node.commands)) addCommand(group, verb, command, run);
  }
  return program;
}

/** Only the name: the help of each command lists its arguments. */
const subcommandTerm: Help["subcommandTerm"] = (command) => command.name();

function addCommand(parent: Commander, name: string, command: AnyCommand, run: Run): void {
  const added = parent.command(name).description(descriptionOf(command));
  added.summary(command.describe);
  for (const parameter of Object.values(command.arguments)) added.addArgument(argumentOf(parameter));
  const options = command.writes ? { ...command.options, dryRun: DRY_RUN } : command.options;
  for (const parameter of Object.values(options)) added.addOption(optionOf(parameter));
  addGlobals(added, new Set(Object.values(options).map((parameter) => optionOf(parameter).long ?? "")));
  const path = parent.parent ? `${parent.name()} ${name}` : name;
  const lines = command.examples.map((example) => `  $ landfall ${example}`);
  added.addHelpText("after", `\nExamples of ${path}:\n${lines.join("\n")}`);
  added.action(async () => {
    const values = { ...readArguments(command.arguments, added), ...readOptions(command.options, [added]) };
    const levels = levelsOf(added);
    const isDryRun = command.writes === true && added.opts()["dryRun"] === true;
    await run({ command, global: readGlobals(levels, "url" in command.options), isDryRun, values });
  });
}

/** Joins the lines of each paragraph, so that commander can wrap them to the width of the terminal. */
const descriptionOf = ({ describe, details }: AnyCommand): string =>
  details ? `${describe}\n\n${details.replace(/(?<!\n)\n(?!\n)/g, " ")}` : describe;

function addGlobals(target: Commander, taken: ReadonlySet<string>): void {
  for (const parameter of Object.values(GLOBAL_OPTIONS)) target.addOption(optionOf(parameter).helpGroup(GLOBAL_GROUP));
  const alias = optionOf(SERVER_ALIAS).hideHelp();
  if (!taken.has(alias.long ?? "")) target.addOption(alias);
}

function optionOf({ flags, describe, initial, read, choices }: Parameter<unknown>): Option {
  const option = new Option(flags, choices ? `${describe} (${choices.join(", ")})` : describe);
  return read ? option.argParser((value, previous) => read(value, previous ?? initial)) : option;
}

function argumentOf({ flags, describe, initial, read }: Parameter<unknown>): Argument {
  const argument = new Argument(flags, describe);
  return read ? argument.argParser((value, previous) => read(value, previous ?? initial)) : argument;
}

/** The command and its parents, outermost first. */
function levelsOf(command: Commander): Commander[] {
  const levels = [command];
  for (let above = command.parent; above; above = above.parent) levels.unshift(above);
  return levels;
}

function readArguments(parameters: Parameters, command: Commander): Record<string, unknown> {
  const values: readonly unknown[] = command.processedArgs;
  return Object.fromEntries(Object.entries(parameters).map(([key, { initial }], index) => [key, values[index] ?? initial]));
}

/** Reads each option. The innermost level wins; repeatable options are collected from all levels. */
function readOptions(parameters: Parameters, levels: readonly Commander[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, parameter]) => {
      const option = optionOf(parameter);
      const name = option.attributeName();
      const values = levels.filter((level) => level.getOptionValueSource(name) === "cli").map((level): unknown => level.opts()[name]);
      // commander stores `--wait` and `--no-wait` under one name.
      if (!parameter.read) return [key, values.at(-1) === !option.negate];
      return [key, Array.isArray(parameter.initial) ? values.flat() : (values.at(-1) ?? parameter.initial)];
    }),
  );
}

function readGlobals(levels: readonly Commander[], hasOwnUrl: boolean): ValuesOf<typeof GLOBAL_OPTIONS> {
  const values = readOptions(GLOBAL_OPTIONS, levels) as ValuesOf<typeof GLOBAL_OPTIONS>;
  const { alias } = readOptions({ alias: SERVER_ALIAS }, hasOwnUrl ? levels.slice(0, -1) : levels) as { alias: string | undefined };
  return { ...values, server: values.server ?? alias };
}
