import { createSetupLink } from "@landfall/core/provisioning/create-setup-link";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { serverContext } from "../serving/first-start.ts";
import type { Output } from "./output.ts";
import { withApp } from "./with-app.ts";

/** `setup-link`: a new link that creates one owner. */
export function setupLinkCommand(env: () => Env, out: Output): Command {
  return new Command("setup-link")
    .description("Creates a link that makes a new account an owner of the organization, once, within 7 days. Earlier links stop working.")
    .requiredOption("--org <slug>", "the organization")
    .option("--json", "print JSON")
    .action(async ({ org, json }: { readonly org: string; readonly json?: boolean }) => {
      const link = await withApp(env(), async (app) => createSetupLink(await serverContext(app), { organization: org }));
      if (json) return out.json(link);
      out.print(link.url);
      out.say(`It works once, until ${link.dateExpires}, for an address that has no account yet.`);
    });
}
