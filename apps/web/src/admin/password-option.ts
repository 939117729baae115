import { createInterface } from "node:readline/promises";
import { text } from "node:stream/consumers";
import { Writable } from "node:stream";
import type { Command } from "commander";
import { OperatorError } from "../serving/operator-error.ts";

export type PasswordOptions = { readonly password?: string; readonly passwordStdin?: boolean };

/** Where a password comes from: a file or pipe, or a terminal. */
export type PasswordInput = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Adds `--password-stdin`, and `--password -` for the same, to a command. `otherwise` says what happens without it. */
export const withPasswordOption = (command: Command, otherwise: string): Command =>
  command
    .option("--password-stdin", `read the password from standard input (default: ${otherwise})`)
    .option("--password <->", "the same, as `--password -`; a password itself is refused here");

/**
 * Reads the password that the options ask for, without its line end; undefined if they ask for none. At a terminal it is typed unseen.
 * Throws an `OperatorError` for a password among the arguments, which every user of the machine can read there, and for an empty one.
 */
export async function readPassword(
  { password, passwordStdin = false }: PasswordOptions,
  input: PasswordInput = process.stdin,
): Promise<string | undefined> {
  if (password !== undefined && password !== "-") throw new OperatorError(VISIBLE_PASSWORD);
  if (password === undefined && !passwordStdin) return undefined;
  const given = input.isTTY === true ? await promptPassword(input) : (await text(input)).replace(/\r?\n$/, "");
  if (given === "") throw new OperatorError("Standard input holds no password.");
  return given;
}

const VISIBLE_PASSWORD =
  "A password among the arguments can be read by every user of this machine. Pipe it instead: --password-stdin < file-with-the-password";

async function promptPassword(input: PasswordInput): Promise<string> {
  process.stderr.write("Password: ");
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: unseen, terminal: true });
  const given = await lines.question("");
  lines.close();
  process.stderr.write("\n");
  return given;
}
