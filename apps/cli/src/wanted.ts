import { CliError } from "./cli-error.ts";
import type { Settings } from "./settings/settings.ts";

type Known = { readonly settings: Settings };

/** The organization the command is about. Throws a CliError when nobody named one. */
export function wantedOrganization({ settings }: Known): string {
  if (settings.organization) return settings.organization.value;
  throw new CliError(
    "input",
    "No organization is known.",
    "Name one with --org or LANDFALL_ORG (SENTRY_ORG does too); `landfall orgs list` shows yours.",
  );
}

/** The projects the command is about, none when nobody named any. */
export const namedProjects = ({ settings }: Known): string[] => [...(settings.projects?.value ?? [])];

/** The projects the command is about. Throws a CliError when nobody named any. */
export function wantedProjects(known: Known): string[] {
  const projects = namedProjects(known);
  if (projects.length > 0) return projects;
  throw new CliError(
    "input",
    "No project is known.",
    "Name one or more with -p or LANDFALL_PROJECT (SENTRY_PROJECT does too); `landfall projects list` shows them.",
  );
}

/** The one project the command is about. Throws a CliError when nobody named one, or several were named. */
export function wantedProject(known: Known): string {
  const [project = "", ...others] = wantedProjects(known);
  if (others.length === 0) return project;
  throw new CliError("input", `Several projects are named, ${project} and ${others.join(", ")}.`, "Name the one that is meant with -p.");
}

/** The release the command is about: as given, else LANDFALL_RELEASE or SENTRY_RELEASE. Throws a CliError when nobody named one. */
export function wantedVersion({ settings }: Known, given: string | undefined): string {
  const version = given ?? settings.release?.value;
  if (version !== undefined) return version;
  throw new CliError("input", "No release is known.", "Name its version, or set LANDFALL_RELEASE (SENTRY_RELEASE does too).");
}
