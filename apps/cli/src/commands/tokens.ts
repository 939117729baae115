import { type Inputs, type Outputs, walkPages } from "@landfall/client/create-client";
import { collect, requireOrganization } from "../command/arguments.ts";
import { command, flag, timestamp, repeated, required } from "../command/command.ts";
import { CliError } from "../system/errors.ts";
import { shortDate, table } from "../terminal/format.ts";

type Created = Outputs["tokens"]["create"] | Outputs["me"]["createToken"];
type Scopes = Inputs["me"]["createToken"]["scopes"];

/** Creates a token. */
export const createToken = command({
  describe: "create an organization token for CI, or a personal token",
  details: `An organization token can report releases, commits, and deploys (org:ci). It contains the server and the organization, so CI needs
no other settings. With --personal, the token is yours and has the scopes of --scope, but never allows more than your role.
The token is printed once and cannot be retrieved later.`,
  arguments: { name: required("<name>", "a name that describes its use") },
  options: {
    expires: timestamp("--expires <time>", "when it expires (default: never)"),
    personal: flag("--personal", "create a personal token"),
    scope: repeated("--scope <scope>", "a scope of a personal token, such as project:releases; may be repeated"),
  },
  examples: [
    "tokens create 'GitHub Actions'",
    "tokens create laptop --personal --scope org:read --scope project:releases --expires 2027-01-01",
  ],
  writes: true,
  essential: true,
  async run(context, { name, expires, personal, scope }): Promise<Created | undefined> {
    const { client } = context;
    const base = { name, dateExpires: expires };
    if (!personal) {
      if (scope.length > 0) throw new CliError("usage", "--scope is only for personal tokens.", "Add --personal, or omit --scope.");
      const input = { organization: requireOrganization(context), ...base };
      return context.write("tokens.create", input, (sent) => client.tokens.create.mutate(sent));
    }
    if (scope.length === 0)
      throw new CliError("usage", "A personal token needs at least one --scope.", "For releases, use --scope project:releases.");
    return context.write("me.createToken", { ...base, scopes: asScopes(scope) }, (sent) => client.me.createToken.mutate(sent));
  },
  print: ({ token }) => token,
});

/** A cast, because the server checks the scopes: its version may have others than this client. */
const asScopes = (scopes: readonly string[]): Scopes => [...scopes] as Scopes;

type Token = Outputs["tokens"]["list"]["items"][number] | Outputs["me"]["tokens"]["items"][number];

/** Lists active tokens. */
export const listTokens = command({
  describe: "list organization tokens, or your personal tokens",
  details: "Only the last characters of a token are shown: the whole token is shown once, when it is created.",
  options: { personal: flag("--personal", "list your personal tokens instead") },
  examples: ["tokens list", "tokens list --personal --json"],
  async run(context, { personal }): Promise<Token[]> {
    const { client } = context;
    if (personal) return collect(walkPages((cursor) => client.me.tokens.query({ cursor })));
    const organization = requireOrganization(context);
    return collect(walkPages((cursor) => client.tokens.list.query({ organization, cursor })));
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

type Rotated = Outputs["tokens"]["rotate"] | Outputs["me"]["rotateToken"];

/** Replaces a token by a new one. */
export const rotateToken = command({
  describe: "replace a token by a new one with the same name and scopes",
  details: `The new token is printed once and cannot be retrieved later. The old one stays valid for one more day, so that it can be replaced
where it is used.`,
  arguments: { id: required("<id>", "the id, as shown by `tokens list`") },
  options: { personal: flag("--personal", "rotate a personal token") },
  examples: ["tokens rotate 12", "tokens rotate 7 --personal"],
  writes: true,
  essential: true,
  async run(context, { id, personal }): Promise<Rotated | undefined> {
    const { client } = context;
    if (personal) return context.write("me.rotateToken", { token: id }, (sent) => client.me.rotateToken.mutate(sent));
    const input = { organization: requireOrganization(context), token: id };
    return context.write("tokens.rotate", input, (sent) => client.tokens.rotate.mutate(sent));
  },
  print: ({ token }) => token,
});

type Revoked = { readonly id: string; readonly revoked: true };

/** Revokes a token. */
export const revokeToken = command({
  describe: "revoke a token immediately",
  arguments: { id: required("<id>", "the id, as shown by `tokens list`") },
  options: { personal: flag("--personal", "revoke a personal token") },
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
