import type { AnyCommand } from "../command.ts";
import { type CommandGroup, type CommandTree, isGroup } from "../command-tree.ts";
import { DRY_RUN, GLOBAL_OPTIONS } from "../global-options.ts";
import type { Parameter } from "../parameters.ts";

/** A word that may come next, and what it means. */
export type Word = { readonly text: string; readonly describe: string };

/** What may be typed after some words of the command line. */
export type Place = {
  /** The commands before, such as `releases new`; empty at the start. */
  readonly path: string;
  readonly commands: readonly Word[];
  readonly options: readonly Word[];
  /** The values of options that take one of a few. */
  readonly choices: readonly { readonly option: string; readonly values: readonly string[] }[];
};

/** Every place of a command line, the start first. */
export function completionPlaces(tree: CommandTree): Place[] {
  const start = place("", tree, []);
  return [start, ...Object.entries(tree).flatMap(([name, node]) => placesOf(name, node))];
}

function placesOf(name: string, node: AnyCommand | CommandGroup): Place[] {
  if (!isGroup(node)) return [place(name, {}, optionsOf(node))];
  return [
    place(name, node.commands, []),
    ...Object.entries(node.commands).map(([verb, command]) => place(`${name} ${verb}`, {}, optionsOf(command))),
  ];
}

const optionsOf = ({ options, writes }: AnyCommand): Parameter<unknown>[] => [...Object.values(options), ...(writes ? [DRY_RUN] : [])];

function place(path: string, below: Readonly<Record<string, { readonly describe: string }>>, own: readonly Parameter<unknown>[]): Place {
  const options = [...own, ...Object.values(GLOBAL_OPTIONS)];
  return {
    path,
    commands: Object.entries(below).map(([text, { describe }]) => ({ text, describe })),
    options: options.map((option) => ({ text: longFlag(option), describe: option.describe })),
    choices: options.flatMap((option) => (option.choices ? [{ option: longFlag(option), values: option.choices }] : [])),
  };
}

/** `--env` of `-e, --env <name>`. */
const longFlag = ({ flags }: Parameter<unknown>): string => /--[a-z-]+/.exec(flags)?.[0] ?? flags;
