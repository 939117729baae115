import { CliError } from "../system/errors.ts";
import type { World } from "../system/world.ts";
import type { Login } from "./login-file.ts";

const LOGIN = "the login file";
const IN_TOKEN = "the token";

/**
 * What a command line works with: flags before LANDFALL_ variables, before SENTRY_ variables, before the login file, before what an
 * organization's token says of itself. A stored token is used with the server it was stored for and no other. Throws a CliError when
 * a token would be sent to a server that nobody named together with it.
 */
export function resolveSettings(flags: FlagSettings, env: World["env"], login: Login | null): Settings {
  const named = first(flagOf("--server", flags.server), variable(env, "LANDFALL_URL"), variable(env, "SENTRY_URL"));
  const given = first(flagOf("--token", flags.token), variable(env, "LANDFALL_TOKEN"), variable(env, "SENTRY_AUTH_TOKEN"));
  const isLoginsServer = login !== null && (named === null || originOf(named.value) === originOf(login.url));
  const stored = isLoginsServer ? { value: login.token, source: LOGIN } : null;
  const token = given ?? stored;
  const payload = token === null ? null : tokenPayload(token.value);
  const url = first(named, login && { value: login.url, source: LOGIN }, fromToken(payload?.url));
  if (given && payload?.url) forbidStray(given, payload.url, url);
  const usesLogin = isLoginsServer && url !== null && originOf(url.value) === originOf(login.url);
  return {
    url,
    token,
    organization: first(
      flagOf("--org", flags.org),
      variable(env, "LANDFALL_ORG"),
      variable(env, "SENTRY_ORG"),
      usesLogin && login.organization !== null ? { value: login.organization, source: LOGIN } : null,
      fromToken(payload?.organization),
    ),
    projects: projectsOf(flags, env),
    release: first(variable(env, "LANDFALL_RELEASE"), variable(env, "SENTRY_RELEASE")),
    environment: first(variable(env, "LANDFALL_ENVIRONMENT"), variable(env, "SENTRY_ENVIRONMENT")),
    warnings: warningsOf({ token, url, payload, isStrayLogin: login !== null && !isLoginsServer && given === null }),
  };
}

/** The login file names a server for its own token. Somebody else's token, which names another one, must not go there. */
function forbidStray(token: Setting<string>, tokenUrl: string, url: Setting<string> | null): void {
  if (url?.source !== LOGIN || originOf(url.value) === originOf(tokenUrl)) return;
  throw new CliError(
    "input",
    `The token from ${token.source} is for ${tokenUrl}, but the login file names ${url.value}.`,
    "Say which server is meant with --server or LANDFALL_URL.",
  );
}

type Odd = {
  readonly token: Setting<string> | null;
  readonly url: Setting<string> | null;
  readonly payload: TokenPayload | null;
  readonly isStrayLogin: boolean;
};

function warningsOf({ token, url, payload, isStrayLogin }: Odd): string[] {
  const warnings: string[] = [];
  if (token && url && payload?.url && originOf(payload.url) !== originOf(url.value)) {
    warnings.push(`The token from ${token.source} says it is for ${payload.url}; ${url.value} (${url.source}) is used.`);
  }
  if (isStrayLogin && url)
    warnings.push(`The login file is for another server than ${url.value} (${url.source}); its token is not sent there.`);
  return warnings;
}

/** Several projects may be named in one variable, apart by commas or blanks. */
function projectsOf(flags: FlagSettings, env: World["env"]): Setting<readonly string[]> | null {
  if (flags.project && flags.project.length > 0) return { value: flags.project, source: "--project" };
  const named = first(variable(env, "LANDFALL_PROJECT"), variable(env, "SENTRY_PROJECT"));
  const slugs = named?.value.split(/[\s,]+/).filter((slug) => slug !== "") ?? [];
  return named && slugs.length > 0 ? { value: slugs, source: named.source } : null;
}

const first = <T>(...settings: (Setting<T> | null)[]): Setting<T> | null => settings.find((setting) => setting !== null) ?? null;

const flagOf = (source: string, value: string | undefined): Setting<string> | null => (value === undefined ? null : { value, source });

/** CI systems set variables to nothing that are not meant to be set. */
function variable(env: World["env"], name: string): Setting<string> | null {
  const value = env[name]?.trim();
  return value ? { value, source: name } : null;
}

const fromToken = (value: string | null | undefined): Setting<string> | null => (value ? { value, source: IN_TOKEN } : null);

/** The text itself where it is no address: it is refused later, when it is used. */
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);

/** A value and where it came from, in words: "--org", "SENTRY_ORG", "the login file". */
export type Setting<T> = { readonly value: T; readonly source: string };

/** What a command line works with. Null for what nobody said. */
export type Settings = {
  readonly url: Setting<string> | null;
  readonly token: Setting<string> | null;
  readonly organization: Setting<string> | null;
  readonly projects: Setting<readonly string[]> | null;
  readonly release: Setting<string> | null;
  readonly environment: Setting<string> | null;
  /** What is odd about them but no reason to stop. */
  readonly warnings: readonly string[];
};

/** What flags say. */
type FlagSettings = {
  readonly server?: string | undefined;
  readonly token?: string | undefined;
  readonly org?: string | undefined;
  readonly project?: readonly string[] | undefined;
};

/** What an organization's token says of itself. */
type TokenPayload = { readonly url: string | null; readonly organization: string | null };

/** The server and organization inside an `sntrys_` token (contract/clients 9); null for any other token, and for one that cannot be read. */
export function tokenPayload(token: string): TokenPayload | null {
  const [, encoded] = /^sntrys_([A-Za-z0-9+/=]+)_[A-Za-z0-9+/]+$/.exec(token) ?? [];
  if (encoded === undefined) return null;
  const payload = readJson(Buffer.from(encoded, "base64").toString());
  if (typeof payload !== "object" || payload === null) return null;
  return { url: textAt(payload, "url"), organization: textAt(payload, "org") };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function textAt(payload: object, key: string): string | null {
  const value: unknown = Reflect.get(payload, key);
  return typeof value === "string" && value !== "" ? value : null;
}
