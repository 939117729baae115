import { createClient, type LandfallClient, type Outputs } from "@landfall/client/create-client";
import { command } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { loginPath, writeLogin } from "../settings/login-file.ts";
import { tokenPayload } from "../settings/resolve-settings.ts";
import { CliError } from "../system/errors.ts";
import { facts } from "../terminal/format.ts";

type LoggedIn = {
  readonly url: string;
  /** The person's address; null for a token of an organization. */
  readonly user: string | null;
  readonly organization: string | null;
  readonly path: string;
};

/** Checks a token and keeps it for later commands. */
export const login = command({
  describe: "check a token and keep it for later commands",
  details: `The token comes from --token, LANDFALL_TOKEN or SENTRY_AUTH_TOKEN, else it is asked for; it may also be piped in. Make one on the
server's page of tokens, or with \`landfall tokens create\`. It is kept in ~/.config/landfall/config.json (below XDG_CONFIG_HOME where
that is set), readable by you only, and is sent to this server and no other.`,
  examples: ["login --server https://landfall.example.com", "login --server https://landfall.example.com --org acme < token.txt"],
  writes: true,
  async run(context): Promise<LoggedIn | undefined> {
    const { world, settings } = context;
    const explicit = settings.token?.source === "the login file" ? null : settings.token;
    const token = (explicit?.value ?? (await world.readSecret("Token: "))).trim();
    if (token === "") throw new CliError("input", "No token was given.", "Pipe it in, or set LANDFALL_TOKEN.");
    const url = (settings.url?.value ?? tokenPayload(token)?.url)?.replace(/\/+$/, "");
    if (url === undefined)
      throw new CliError("input", "No server is known.", "Say which: `landfall login --server https://landfall.example.com`.");
    const client = createClient({ url, token, fetch: world.fetch });
    const { user, auth } = await client.me.whoAmI.query();
    if (auth === null) throw new CliError("auth", `${url} does not know this token.`, "Copy it again, or make a new one.");
    const organization = await chooseOrganization(context, client, token);
    const path = loginPath(world);
    await context.write(`file ${path}`, { url, organization }, () => writeLogin(world, { url, token, organization }));
    return { url, user: user?.email ?? null, organization, path };
  },
  print: ({ url, user, organization, path }) =>
    `Logged in to ${url} ${user === null ? "with a token of an organization" : `as ${user}`}${organization === null ? "" : `, organization ${organization}`}. Kept in ${path}.`,
});

/** The one that was named, else the token's own, else the only one there is. */
async function chooseOrganization({ settings }: Context, client: LandfallClient, token: string): Promise<string | null> {
  const named = settings.organization?.source === "the login file" ? null : settings.organization;
  if (named) return named.value;
  const own = tokenPayload(token)?.organization;
  if (own) return own;
  const { items } = await client.organizations.list.query({}).catch(() => ({ items: [] }));
  return items.length === 1 ? (items[0]?.slug ?? null) : null;
}

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
