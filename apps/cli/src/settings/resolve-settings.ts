import { CliError } from "../system/errors.ts";
import type { Runtime } from "../system/runtime.ts";
import type { Login } from "./login-file.ts";

const LOGIN = "the login file";
const TOKEN = "the token";

/**
 * Returns the settings of one run. Precedence: flags, LANDFALL_ variables, SENTRY_ variables, the login file, the payload of an
 * organization token. The token in the login file is used only with the server in that file.
 * @throws CliError `input` if a token made for another server would be sent to the server in the login file.
 */
export function resolveSettings(flags: FlagSettings, env: Runtime["env"], login: Login | null): Settings {
  const configuredUrl = first(flagOf("--server", flags.server), variable(env, "LANDFALL_URL"), variable(env, "SENTRY_URL"));
  const configuredToken = first(flagOf("--token", flags.token), variable(env, "LANDFALL_TOKEN"), variable(env, "SENTRY_AUTH_TOKEN"));
  const isLoginServer = login !== null && (configuredUrl === null || originOf(configuredUrl.value) === originOf(login.url));
  const stored = isLoginServer ? { value: login.token, source: LOGIN } : null;
  const token = configuredToken ?? stored;
  const payload = token === null ? null : tokenPayload(token.value);
  const url = first(configuredUrl, login && { value: login.url, source: LOGIN }, fromToken(payload?.url));
  if (configuredToken && payload?.url) checkTokenServer(configuredToken, payload.url, url);
  const usesLogin = isLoginServer && url !== null && originOf(url.value) === originOf(login.url);
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
    warnings: warningsOf({ token, url, payload, isLoginIgnored: login !== null && !isLoginServer && configuredToken === null }),
  };
}

/** The login file names a server for its own token. A token that names another server must not be sent there. */
function checkTokenServer(token: Setting<string>, tokenUrl: string, url: Setting<string> | null): void {
  if (url?.source !== LOGIN || originOf(url.value) === originOf(tokenUrl)) return;
  throw new CliError(
    "input",
    `The token from ${token.source} is for ${tokenUrl}, but the login file names ${url.value}.`,
    "Select the server with --server or LANDFALL_URL.",
  );
}

type Sources = {
  readonly token: Setting<string> | null;
  readonly url: Setting<string> | null;
  readonly payload: TokenPayload | null;
  readonly isLoginIgnored: boolean;
};

function warningsOf({ token, url, payload, isLoginIgnored }: Sources): string[] {
  const warnings: string[] = [];
  if (token && url && payload?.url && originOf(payload.url) !== originOf(url.value)) {
    warnings.push(`The token from ${token.source} is for ${payload.url}, but ${url.value} (${url.source}) is used.`);
  }
  if (isLoginIgnored && url)
    warnings.push(`The login file is for a different server than ${url.value} (${url.source}), so its token is not used.`);
  return warnings;
}

/** A variable may list several projects, separated by commas or spaces. */
function projectsOf(flags: FlagSettings, env: Runtime["env"]): Setting<readonly string[]> | null {
  if (flags.project && flags.project.length > 0) return { value: flags.project, source: "--project" };
  const list = first(variable(env, "LANDFALL_PROJECT"), variable(env, "SENTRY_PROJECT"));
  const slugs = list?.value.split(/[\s,]+/).filter((slug) => slug !== "") ?? [];
  return list && slugs.length > 0 ? { value: slugs, source: list.source } : null;
}

const first = <T>(...settings: (Setting<T> | null)[]): Setting<T> | null => settings.find((setting) => setting !== null) ?? null;

const flagOf = (source: string, value: string | undefined): Setting<string> | null => (value === undefined ? null : { value, source });

/** An empty variable counts as unset: CI systems set variables to an empty string. */
function variable(env: Runtime["env"], name: string): Setting<string> | null {
  const value = env[name]?.trim();
  return value ? { value, source: name } : null;
}

const fromToken = (value: string | null | undefined): Setting<string> | null => (value ? { value, source: TOKEN } : null);

/** Returns an invalid URL unchanged; the client rejects it later. */
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);

/** A value and its source: "--org", "SENTRY_ORG", "the login file". */
export type Setting<T> = { readonly value: T; readonly source: string };

/** The settings of one run; null for those that are not configured. */
export type Settings = {
  readonly url: Setting<string> | null;
  readonly token: Setting<string> | null;
  readonly organization: Setting<string> | null;
  readonly projects: Setting<readonly string[]> | null;
  readonly release: Setting<string> | null;
  readonly environment: Setting<string> | null;
  /** Contradictions that do not stop the command. */
  readonly warnings: readonly string[];
};

/** The values of the global options. */
type FlagSettings = {
  readonly server?: string | undefined;
  readonly token?: string | undefined;
  readonly org?: string | undefined;
  readonly project?: readonly string[] | undefined;
};

/** The payload of an organization token. */
type TokenPayload = { readonly url: string | null; readonly organization: string | null };

/** Reads the server and the organization in an `sntrys_` token (clients 9). Null for other tokens and unreadable payloads. */
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
