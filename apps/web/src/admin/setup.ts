import { provision } from "@landfall/core/operations/setup/provision";
import { createSetupLink } from "@landfall/core/operations/setup/setup-link";
import { Command } from "commander";
import { serverContext } from "#server/lifecycle/server-context.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { type PasswordOptions, readPassword, withPasswordOption } from "./password.ts";
import { withApp } from "./with-app.ts";

type InitOptions = PasswordOptions & {
  readonly org: string;
  readonly project: string[];
  readonly email?: string;
  readonly json?: boolean;
};

/** `init`: creates an organization with projects, an owner and tokens. When run again, adds what is missing. */
export function initCommand(env: () => Env, out: Output): Command {
  const command = new Command("init")
    .summary("create an organization, its projects, an owner and tokens")
    .description(
      "Creates an organization with projects, an owner and tokens, which are shown once. When run again, adds only what is missing.",
    )
    .requiredOption("--org <slug>", "the organization")
    .requiredOption("--project <slug...>", "a project; can be repeated")
    .option("--email <address>", "the owner (default: none; use `setup-link` to let one create their account)")
    .option("--json", "print one JSON object");
  return withPasswordOption(command, "none, the owner has only tokens").action(
    async ({ org, project, email, json, ...given }: InitOptions) => {
      const password = await readPassword(given);
      const owner = { ...(email === undefined ? {} : { email }), ...(password === undefined ? {} : { password }) };
      const made = await withApp(env(), async (app) =>
        provision(await serverContext(app), { organization: org, projects: project, ...owner }),
      );
      out.log(made.unchanged ? "Everything exists already. Nothing was changed." : `Created: ${made.created.join(", ")}.`);
      if (!made.unchanged && made.ciToken === null)
        out.log("Tokens are created only together with the organization. Use `admin token create`.");
      if (made.ciToken !== null && made.token === null)
        out.log(`No owner was specified. Use \`admin setup-link --org ${made.organization.slug}\` to let one create their account.`);
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
    },
  );
}

/** `setup-link`: creates a link that creates one owner. */
export function setupLinkCommand(env: () => Env, out: Output): Command {
  return new Command("setup-link")
    .description(
      "Creates a link to create one owner account for the organization. It is valid once, for 7 days. Earlier links stop working.",
    )
    .requiredOption("--org <slug>", "the organization")
    .option("--json", "print JSON")
    .action(async ({ org, json }: { readonly org: string; readonly json?: boolean }) => {
      const link = await withApp(env(), async (app) => createSetupLink(await serverContext(app), { organization: org }));
      if (json) return out.json(link);
      out.print(link.url);
      out.log(`It works once, until ${link.dateExpires}, for an email address without an account.`);
    });
}
