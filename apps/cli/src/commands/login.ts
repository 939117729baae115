import { createClient, type LandfallClient, type Outputs } from "@landfall/client/create-client";
import { command } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { loginPath, writeLogin } from "../settings/login-file.ts";
import { tokenPayload } from "../settings/resolve-settings.ts";
import { CliError } from "../system/errors.ts";
import { facts } from "../terminal/format.ts";

type LoggedIn = {
  readonly url: string;
  /** The email of the user; null for an organization token. */
  readonly user: string | null;
  readonly organization: string | null;
  readonly path: string;
};

/** Checks a token and writes it to the login file. */
export const login = command({
  describe: "check a token and save it for later commands",
  details: `The token is read from --token, LANDFALL_TOKEN, or SENTRY_AUTH_TOKEN; otherwise it is prompted for, or read from standard input.
Create one in the server's web interface or with \`landfall tokens create\`. It is saved in ~/.config/landfall/config.json (or below
XDG_CONFIG_HOME), readable only by you, and is sent only to this server.`,
  examples: ["login --server https://landfall.example.com", "login --server https://landfall.example.com --org acme < token.txt"],
  writes: true,
  async run(context): Promise<LoggedIn | undefined> {
    const { runtime, settings } = context;
    const configured = settings.token?.source === "the login file" ? null : settings.token;
    const token = (configured?.value ?? (await runtime.readSecret("Token: "))).trim();
    if (token === "") throw new CliError("input", "The token is empty.", "Pipe a token in, or set LANDFALL_TOKEN.");
    const url = (settings.url?.value ?? tokenPayload(token)?.url)?.replace(/\/+$/, "");
    if (url === undefined)
      throw new CliError("input", "No server configured.", "Run `landfall login --server https://landfall.example.com`.");
    const client = createClient({ url, token, fetch: runtime.fetch });
    const { user, auth } = await client.me.whoAmI.query();
    if (auth === null) throw new CliError("auth", `${url} does not accept this token.`, "Copy it again, or create a new one.");
    const organization = await chooseOrganization(context, client, token);
    const path = loginPath(runtime);
    await context.write(`file ${path}`, { url, organization }, () => writeLogin(runtime, { url, token, organization }));
    return { url, user: user?.email ?? null, organization, path };
  },
  print: ({ url, user, organization, path }) =>
    `Logged in to ${url} ${user === null ? "with an organization token" : `as ${user}`}${organization === null ? "" : `, organization ${organization}`}. Saved in ${path}.`,
});

/** Returns the configured organization, else that of the token, else the only one that the token can access. */
async function chooseOrganization({ settings }: Context, client: LandfallClient, token: string): Promise<string | null> {
  const configured = settings.organization?.source === "the login file" ? null : settings.organization;
  if (configured) return configured.value;
  const fromToken = tokenPayload(token)?.organization;
  if (fromToken) return fromToken;
  const { items } = await client.organizations.list.query({}).catch(() => ({ items: [] }));
  return items.length === 1 ? (items[0]?.slug ?? null) : null;
}

type Identity = {
  readonly kind: "user" | "organization";
  readonly user: Outputs["me"]["whoAmI"]["user"];
  readonly scopes: readonly string[];
  readonly url: string;
  readonly organization: string | null;
  /** The source of each setting. */
  readonly sources: Readonly<Record<"url" | "token" | "organization", string | null>>;
};

/** Shows whose token is used, its scopes, and the settings. */
export const whoami = command({
  describe: "show the owner and the scopes of the token, and where the settings come from",
  examples: ["whoami", "whoami --json"],
  async run({ client, settings }): Promise<Identity> {
    const { user, auth } = await client.me.whoAmI.query();
    if (auth === null) throw new CliError("auth", "The server does not accept this token.", "Run `landfall login`.");
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
        ["token", `${user === null ? "organization token" : `personal token of ${user.name} <${user.email}>`} (${sources.token})`],
        ["organization", organization === null ? null : `${organization} (${sources.organization})`],
        ["scopes", scopes.join(" ")],
      ],
      paint,
    ),
});
