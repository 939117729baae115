import { provision } from "@landfall/core/provisioning/provision";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { serverContext } from "../serving/first-start.ts";
import type { Output } from "./output.ts";
import { withApp } from "./with-app.ts";

type InitOptions = {
  readonly org: string;
  readonly project: string[];
  readonly email?: string;
  readonly password?: string;
  readonly json?: boolean;
};

/** `init`: makes an organization with its projects, an owner and tokens; adds what is missing when it is run again. */
export function initCommand(env: () => Env, out: Output): Command {
  return new Command("init")
    .summary("make an organization, its projects, an owner and tokens")
    .description(
      "Makes an organization with its projects, an owner and tokens, which are shown once. Run again, it adds only what is missing.",
    )
    .requiredOption("--org <slug>", "the organization")
    .requiredOption("--project <slug...>", "a project; may be given several times")
    .option("--email <address>", "the owner (default: admin@localhost)")
    .option("--password <text>", "the owner's password (default: none, tokens only)")
    .option("--json", "print one JSON object")
    .action(async ({ org, project, email, password, json }: InitOptions) => {
      const owner = { ...(email === undefined ? {} : { email }), ...(password === undefined ? {} : { password }) };
      const made = await withApp(env(), async (app) =>
        provision(await serverContext(app), { organization: org, projects: project, ...owner }),
      );
      out.say(made.unchanged ? "Everything was there already; nothing was changed." : `Made: ${made.created.join(", ")}.`);
      if (!made.unchanged && made.token === null) out.say("Tokens are made only together with the organization; see `admin token create`.");
      const result = {
        organization: made.organization.slug,
        projects: made.projects.map(({ slug, id }) => ({ slug, id })),
        token: made.token,
        ciToken: made.ciToken,
      };
      if (json) return out.json(result);
      out.print(`organization  ${result.organization}`);
      for (const { slug, id } of result.projects) out.print(`project       ${slug} (${id})`);
      if (result.token !== null) out.print(`owner token   ${result.token}`);
      if (result.ciToken !== null) out.print(`CI token      ${result.ciToken}`);
    });
}
