import { resetPassword } from "@landfall/core/passwords/reset-password";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { serverContext } from "../serving/first-start.ts";
import type { Output } from "./output.ts";
import { type PasswordOptions, readPassword, withPasswordOption } from "./password-option.ts";
import { withApp } from "./with-app.ts";

type Options = PasswordOptions & { readonly email: string; readonly revokeTokens?: boolean; readonly json?: boolean };

const SECRET_BYTES = 12;

/** `password`: a new password for somebody who has lost theirs, or has none. */
export function passwordCommand(env: () => Env, out: Output): Command {
  const command = new Command("password")
    .description("Gives somebody a new password and ends their sessions. A random password is shown once.")
    .requiredOption("--email <address>", "whose")
    .option("--revoke-tokens", "also revoke their own tokens, and the tokens created with those")
    .option("--json", "print JSON");
  return withPasswordOption(command, "a random one").action(async ({ email, revokeTokens = false, json, ...given }: Options) => {
    const typed = await readPassword(given);
    const made = await withApp(env(), async (app) => {
      const password = typed ?? Buffer.from(app.randomHex(SECRET_BYTES), "hex").toString("base64url");
      return { email, password, ...(await resetPassword(await serverContext(app), { email, password, revokeTokens })) };
    });
    const { password, ended, revokedTokens, liveTokens } = made;
    // What was piped in is known already, and does not belong on a screen or in a log.
    if (json) return out.json(typed === undefined ? made : { email, ended, revokedTokens, liveTokens });
    if (typed === undefined) out.print(password);
    out.say(`Sessions ended: ${ended}.`);
    if (revokedTokens > 0) out.say(`Tokens revoked: ${revokedTokens}.`);
    if (liveTokens > 0)
      out.say(`Their own tokens that still work: ${liveTokens}. If somebody else may know them, run this again with --revoke-tokens.`);
  });
}
