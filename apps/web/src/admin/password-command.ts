import { resetPassword } from "@landfall/core/passwords/reset-password";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { serverContext } from "../serving/first-start.ts";
import type { Output } from "./output.ts";
import { withApp } from "./with-app.ts";

type Options = { readonly email: string; readonly password?: string; readonly json?: boolean };

const SECRET_BYTES = 12;

/** `password`: a new password for somebody who has lost theirs. */
export function passwordCommand(env: () => Env, out: Output): Command {
  return new Command("password")
    .description("Gives somebody a new password, which is shown once, and ends their sessions.")
    .requiredOption("--email <address>", "whose")
    .option("--password <text>", "the password (default: a random one)")
    .option("--json", "print JSON")
    .action(async ({ email, password, json }: Options) => {
      const made = await withApp(env(), async (app) => {
        const chosen = password ?? Buffer.from(app.randomHex(SECRET_BYTES), "hex").toString("base64url");
        return { email, password: chosen, ...(await resetPassword(await serverContext(app), { email, password: chosen })) };
      });
      if (json) return out.json(made);
      out.print(made.password);
      out.say(`Sessions ended: ${made.ended}.`);
    });
}
