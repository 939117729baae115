import type { Inputs, Outputs } from "@landfall/client/procedure-types";
import { CliError } from "../../cli-error.ts";
import { command } from "../../command.ts";
import { flag, moment, repeated, required } from "../../parameters.ts";
import { wantedOrganization } from "../../wanted.ts";

type Made = Outputs["tokens"]["create"] | Outputs["me"]["createToken"];
type Scopes = Inputs["me"]["createToken"]["scopes"];

/** Makes a token. */
export const createToken = command({
  describe: "make a token: of the organization for CI, or one of your own",
  details: `An organization's token may report releases, commits and deploys (org:ci), and knows its server and organization, so that CI
needs no other settings. With --personal it is yours and may do what --scope says, but never more than you may.
The token is printed once. Keep it: nobody can look it up later.`,
  arguments: { name: required("<name>", "what it is for") },
  options: {
    expires: moment("--expires <time>", "when it stops working; never by default"),
    personal: flag("--personal", "a token of your own"),
    scope: repeated("--scope <scope>", "what a personal token may do, such as project:releases; repeat it for more"),
  },
  examples: [
    "tokens create 'GitHub Actions'",
    "tokens create laptop --personal --scope org:read --scope project:releases --expires 2027-01-01",
  ],
  writes: true,
  essential: true,
  async run(context, { name, expires, personal, scope }): Promise<Made | undefined> {
    const { client } = context;
    const base = { name, ...(expires === undefined ? {} : { dateExpires: expires }) };
    if (!personal) {
      if (scope.length > 0) throw new CliError("usage", "--scope is for tokens of your own.", "Add --personal, or leave --scope out.");
      const input = { organization: wantedOrganization(context), ...base };
      return context.write("tokens.create", input, (sent) => client.tokens.create.mutate(sent));
    }
    if (scope.length === 0)
      throw new CliError("usage", "A token of your own needs at least one --scope.", "For releases: --scope project:releases.");
    return context.write("me.createToken", { ...base, scopes: asScopes(scope) }, (sent) => client.me.createToken.mutate(sent));
  },
  print: ({ token }) => token,
});

/** The server knows the scopes of its version, and says which one it does not know. */
const asScopes = (scopes: readonly string[]): Scopes => [...scopes] as Scopes;
