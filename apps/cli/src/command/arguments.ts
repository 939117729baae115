import type { Settings } from "../settings/resolve-settings.ts";
import { CliError } from "../system/errors.ts";

type WithSettings = { readonly settings: Settings };

/** What nearly every command needs, with the variables that set it. */
const CONNECTION = [
  ["url", "server", "SENTRY_URL"],
  ["token", "token", "SENTRY_AUTH_TOKEN"],
  ["organization", "organization", "SENTRY_ORG"],
] as const;

/** Names all missing settings of the connection in one error, if there are several. @throws CliError `auth` for a known server without a token, else `input` */
export function throwAllMissing(settings: Settings): void {
  const missing = CONNECTION.filter(([setting]) => settings[setting] === null);
  if (missing.length < 2) return;
  const names = missing.map(([, name]) => name).join(", ");
  const variables = missing.map(([, , variable]) => variable).join(", ");
  throw new CliError(
    settings.url && !settings.token ? "auth" : "input",
    `Not configured: ${names}.`,
    `Run \`landfall login --server https://landfall.example.com\`, or set ${variables}.`,
  );
}

/** Returns the slug of the configured organization. @throws CliError `input` if none is configured. */
export function requireOrganization({ settings }: WithSettings): string {
  if (settings.organization) return settings.organization.value;
  throwAllMissing(settings);
  throw new CliError(
    "input",
    "No organization configured.",
    "Use --org, or set LANDFALL_ORG or SENTRY_ORG. `landfall orgs list` shows your organizations.",
  );
}

/** Returns the slugs of the configured projects; empty if none are. */
export const optionalProjects = ({ settings }: WithSettings): string[] => [...(settings.projects?.value ?? [])];

/** Returns the slugs of the configured projects. @throws CliError `input` if none are configured. */
export function requireProjects(context: WithSettings): string[] {
  const projects = optionalProjects(context);
  if (projects.length > 0) return projects;
  throw new CliError(
    "input",
    "No project configured.",
    "Use -p, or set LANDFALL_PROJECT or SENTRY_PROJECT. `landfall projects list` shows the projects.",
  );
}

/** Returns the slug of the one configured project. @throws CliError `input` if none, or more than one, is configured. */
export function requireProject(context: WithSettings): string {
  const [project = "", ...others] = requireProjects(context);
  if (others.length === 0) return project;
  throw new CliError(
    "input",
    `Only one project is allowed here, but these are configured: ${[project, ...others].join(", ")}.`,
    "Select one with -p.",
  );
}

/** Returns `argument`, or the version from LANDFALL_RELEASE or SENTRY_RELEASE. @throws CliError `input` if there is none. */
export function requireVersion({ settings }: WithSettings, argument: string | undefined): string {
  const version = argument ?? settings.release?.value;
  if (version !== undefined) return version;
  throw new CliError("input", "No release specified.", "Pass a version, or set LANDFALL_RELEASE or SENTRY_RELEASE.");
}

/** Returns the URL of the page of a release. */
export const releaseUrl = (server: string, organization: string, version: string): string =>
  `${server.replace(/\/+$/, "")}/organizations/${encodeURIComponent(organization)}/releases/${encodeURIComponent(version)}/`;

/** Returns the first `limit` items and whether there are more. Reads no page after the one that has item `limit + 1`. */
export async function take<T>(items: AsyncIterable<T>, limit: number): Promise<{ readonly items: T[]; readonly hasMore: boolean }> {
  const result: T[] = [];
  for await (const item of items) {
    if (result.length === limit) return { items: result, hasMore: true };
    result.push(item);
  }
  return { items: result, hasMore: false };
}

/** Returns all items of a list. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const { items: result } = await take(items, Number.POSITIVE_INFINITY);
  return result;
}
