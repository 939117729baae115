import type { Outputs } from "@landfall/client/procedure-types";
import { CliError } from "../cli-error.ts";
import { command } from "../command.ts";
import { facts } from "../terminal/table.ts";

type Who = {
  readonly kind: "user" | "organization";
  readonly user: Outputs["me"]["whoAmI"]["user"];
  readonly scopes: readonly string[];
  readonly url: string;
  readonly organization: string | null;
  /** Where each setting comes from. */
  readonly sources: Readonly<Record<"url" | "token" | "organization", string | null>>;
};

/** Whom the server takes this for, and what that may do. */
export const whoami = command({
  describe: "show whose token this is, what it may do, and where the settings come from",
  examples: ["whoami", "whoami --json"],
  async run({ client, settings }): Promise<Who> {
    const { user, auth } = await client.me.whoAmI.query();
    if (auth === null) throw new CliError("auth", "The server does not know this token.", "Log in with `landfall login`.");
    const { url, token, organization } = settings;
    return {
      kind: user === null ? "organization" : "user",
      user,
      scopes: auth.scopes,
      url: url?.value ?? "",
      organization: organization?.value ?? null,
      sources: { url: url?.source ?? null, token: token?.source ?? null, organization: organization?.source ?? null },
    };
  },
  print: ({ user, scopes, url, organization, sources }, paint) =>
    facts(
      [
        ["server", `${url} (${sources.url})`],
        ["token", `${user === null ? "of an organization" : `of ${user.name} <${user.email}>`} (${sources.token})`],
        ["organization", organization === null ? null : `${organization} (${sources.organization})`],
        ["may", scopes.join(" ")],
      ],
      paint,
    ),
});
