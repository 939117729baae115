import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { resetPassword } from "@landfall/core/operations/accounts/passwords";
import { Command } from "commander";
import { serverContext } from "#server/lifecycle/server-context.ts";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { withApp } from "./with-app.ts";

type Options = PasswordOptions & { readonly email: string; readonly revokeTokens?: boolean; readonly json?: boolean };

const SECRET_BYTES = 12;

/** `password`: resets the password of a person. */
export function passwordCommand(env: () => Env, out: Output): Command {
  const command = new Command("password")
    .description("Resets the password of a person and ends their sessions. A random password is shown once.")
    .requiredOption("--email <address>", "the email address of the person")
    .option("--revoke-tokens", "also revoke their personal tokens, and tokens created with those")
    .option("--json", "print JSON");
  return withPasswordOption(command, "a random one").action(async ({ email, revokeTokens = false, json, ...given }: Options) => {
    const typed = await readPassword(given);
    const reset = await withApp(env(), async (app) => {
      const password = typed ?? Buffer.from(app.randomHex(SECRET_BYTES), "hex").toString("base64url");
      return { email, password, ...(await resetPassword(await serverContext(app), { email, password, revokeTokens })) };
    });
    const { password, ended, revokedTokens, liveTokens } = reset;
    // A password that was piped in is known, and must not appear on a screen or in a log.
    if (json) return out.json(typed === undefined ? reset : { email, ended, revokedTokens, liveTokens });
    if (typed === undefined) out.print(password);
    out.log(`Sessions ended: ${ended}.`);
    if (revokedTokens > 0) out.log(`Tokens revoked: ${revokedTokens}.`);
    if (liveTokens > 0)
      out.log(`Active personal tokens: ${liveTokens}. If someone else may know them, run this again with --revoke-tokens.`);
  });
}

export type PasswordOptions = { readonly password?: string; readonly passwordStdin?: boolean };

/** The input of a password: a file, pipe or terminal. */
export type PasswordInput = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Adds `--password-stdin` and `--password -` to a command. `otherwise` describes the default. */
export const withPasswordOption = (command: Command, otherwise: string): Command =>
  command
    .option("--password-stdin", `read the password from standard input (default: ${otherwise})`)
    .option("--password <->", "the same as --password-stdin, with the value -; other values are rejected");

/**
 * Reads the password from standard input, without the line end; undefined if the options do not ask for one. A terminal does not echo it.
 * @throws `OperatorError` for a password in the arguments, which every user of the machine can read, and for an empty one.
 */
export async function readPassword(
  { password, passwordStdin = false }: PasswordOptions,
  input: PasswordInput = process.stdin,
): Promise<string | undefined> {
  if (password !== undefined && password !== "-") throw new OperatorError(VISIBLE_PASSWORD);
  if (password === undefined && !passwordStdin) return undefined;
  const given = input.isTTY === true ? await promptPassword(input) : (await text(input)).replace(/\r?\n$/, "");
  if (given === "") throw new OperatorError("There is no password on standard input.");
  return given;
}

const VISIBLE_PASSWORD =
  "A password in the arguments can be read by every user of this machine. Pipe it instead: --password-stdin < file-with-the-password";

async function promptPassword(input: PasswordInput): Promise<string> {
  process.stderr.write("Password: ");
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: unseen, terminal: true });
  const given = await lines.question("");
  lines.close();
  process.stderr.write("\n");
  return given;
}
