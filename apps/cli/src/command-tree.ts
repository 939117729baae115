import type { AnyCommand } from "./command.ts";

/** Commands about one thing: `releases new`, `releases list`. */
export type CommandGroup = { readonly describe: string; readonly commands: Readonly<Record<string, AnyCommand>> };

/** Every command by its name, in the order of `--help`. */
export type CommandTree = Readonly<Record<string, AnyCommand | CommandGroup>>;

/** Whether this is a group of commands. */
export const isGroup = (node: AnyCommand | CommandGroup): node is CommandGroup => "commands" in node;
