import type { Settings } from "../settings/resolve-settings.ts";
import { CliError } from "../system/errors.ts";

type Known = { readonly settings: Settings };

/** The organization the command is about. Throws a CliError when nobody named one. */
export function requireOrganization({ settings }: Known): string {
  if (settings.organization) return settings.organization.value;
  throw new CliError(
    "input",
    "No organization is known.",
    "Name one with --org or LANDFALL_ORG (SENTRY_ORG does too); `landfall orgs list` shows yours.",
  );
}

/** The projects the command is about, none when nobody named any. */
export const optionalProjects = ({ settings }: Known): string[] => [...(settings.projects?.value ?? [])];

/** The projects the command is about. Throws a CliError when nobody named any. */
export function requireProjects(known: Known): string[] {
  const projects = optionalProjects(known);
  if (projects.length > 0) return projects;
  throw new CliError(
    "input",
    "No project is known.",
    "Name one or more with -p or LANDFALL_PROJECT (SENTRY_PROJECT does too); `landfall projects list` shows them.",
  );
}

/** The one project the command is about. Throws a CliError when nobody named one, or several were named. */
export function requireProject(known: Known): string {
  const [project = "", ...others] = requireProjects(known);
  if (others.length === 0) return project;
  throw new CliError("input", `Several projects are named, ${project} and ${others.join(", ")}.`, "Name the one that is meant with -p.");
}

/** The release the command is about: as given, else LANDFALL_RELEASE or SENTRY_RELEASE. Throws a CliError when nobody named one. */
export function requireVersion({ settings }: Known, given: string | undefined): string {
  const version = given ?? settings.release?.value;
  if (version !== undefined) return version;
  throw new CliError("input", "No release is known.", "Name its version, or set LANDFALL_RELEASE (SENTRY_RELEASE does too).");
}

/** The address of a release's page. */
export const releaseUrl = (server: string, organization: string, version: string): string =>
  `${server.replace(/\/+$/, "")}/organizations/${encodeURIComponent(organization)}/releases/${encodeURIComponent(version)}/`;

/** The first `most` items, and whether there are more. No page beyond them is asked for. */
export async function take<T>(items: AsyncIterable<T>, most: number): Promise<{ readonly items: T[]; readonly hasMore: boolean }> {
  const taken: T[] = [];
  for await (const item of items) {
    if (taken.length === most) return { items: taken, hasMore: true };
    taken.push(item);
  }
  return { items: taken, hasMore: false };
}

/** Every item of a list. */
export async function takeAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const { items: taken } = await take(items, Number.POSITIVE_INFINITY);
  return taken;
}
