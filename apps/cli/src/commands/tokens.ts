import { type Inputs, type Outputs, walkPages } from "@landfall/client/create-client";
import { requireOrganization, takeAll } from "../command/arguments.ts";
import { command, flag, moment, repeated, required } from "../command/command.ts";
import { CliError } from "../system/errors.ts";
import { shortDate, table } from "../terminal/format.ts";

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
      const input = { organization: requireOrganization(context), ...base };
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

type Token = Outputs["tokens"]["list"]["items"][number] | Outputs["me"]["tokens"]["items"][number];

/** The tokens that work. */
export const listTokens = command({
  describe: "list the organization's tokens, or your own",
  details: "Only the last characters of a token are known: it is shown once, when it is made.",
  options: { personal: flag("--personal", "your own tokens instead of the organization's") },
  examples: ["tokens list", "tokens list --personal --json"],
  async run(context, { personal }): Promise<Token[]> {
    const { client } = context;
    if (personal) return takeAll(walkPages((cursor) => client.me.tokens.query(cursor === undefined ? {} : { cursor })));
    const organization = requireOrganization(context);
    return takeAll(walkPages((cursor) => client.tokens.list.query({ organization, ...(cursor === undefined ? {} : { cursor }) })));
  },
  print: (tokens, paint) =>
    table(
      ["ID", "NAME", "ENDS WITH", "SCOPES", "CREATED", "LAST USED"],
      tokens.map(({ id, name, tokenLastCharacters, scopes, dateCreated, dateLastUsed }) => [
        id,
        name,
        tokenLastCharacters,
        scopes.join(" "),
        shortDate(dateCreated),
        dateLastUsed === null ? "never" : shortDate(dateLastUsed),
      ]),
      paint,
      "No tokens.",
    ),
});

type Revoked = { readonly id: string; readonly revoked: true };

/** Ends a token. */
export const revokeToken = command({
  describe: "end a token at once",
  arguments: { id: required("<id>", "its id, as `tokens list` shows it") },
  options: { personal: flag("--personal", "one of your own tokens") },
  examples: ["tokens revoke 12", "tokens revoke 7 --personal"],
  writes: true,
  async run(context, { id, personal }): Promise<Revoked | undefined> {
    const { client } = context;
    if (personal) await context.write("me.revokeToken", { token: id }, (sent) => client.me.revokeToken.mutate(sent));
    else {
      const input = { organization: requireOrganization(context), token: id };
      await context.write("tokens.revoke", input, (sent) => client.tokens.revoke.mutate(sent));
    }
    return { id, revoked: true };
  },
  print: ({ id }) => `Revoked token ${id}`,
});
