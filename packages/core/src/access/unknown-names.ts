import type { Reader } from "@landfall/db/store";
import { and, asc, eq } from "drizzle-orm";
import type { Access } from "./organization-access.ts";
import { reachableProjects, withinReach } from "./project-reach.ts";
import { PROJECTS_READ } from "./scopes.ts";

/** How many projects an error names. */
const MAX_NAMED = 10;

/** The longest part of a name that an error repeats. */
const MAX_NAME = 100;

/** Returns a name as an error repeats it. */
export const quoted = (name: string): string => `"${name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name}"`;

/** Explains that one of these environments does not exist, or that the caller reaches none of its projects. */
export const unknownEnvironments = ({ organization }: Access, names: readonly string[]): string =>
  `${names.length === 1 ? "No environment" : "Not every environment exists:"} ${names.slice(0, MAX_NAMED).map(quoted).join(", ")} in ${organization.slug}, or you do not have access to its projects.`;

/**
 * Explains that a project does not exist or is out of reach, which must not differ, and names those that the caller can see, at most ten. One
 * query besides those of the reach.
 */
export async function unknownProject(db: Reader, access: Access, name: string): Promise<string> {
  const unknown = `No project ${quoted(name)} in ${access.organization.slug}, or you do not have access to it.`;
  if (!PROJECTS_READ.some((scope) => access.scopes.has(scope))) return unknown;
  const { projects } = db.tables;
  const rows = await db
    .select({ slug: projects.slug })
    .from(projects)
    .where(and(eq(projects.organizationId, access.organization.id), withinReach(projects.id, await reachableProjects(db, access))))
    .orderBy(asc(projects.slug))
    .limit(MAX_NAMED + 1);
  if (rows.length === 0) return `${unknown} You have access to no project.`;
  const named = rows.slice(0, MAX_NAMED).map(({ slug }) => slug);
  return `${unknown} Existing projects: ${named.join(", ")}${rows.length > MAX_NAMED ? ", …" : ""}.`;
}
