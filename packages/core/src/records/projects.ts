import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { and, eq, or } from "drizzle-orm";
import { findProjectsByFormerSlug } from "../access/at-project.ts";
import type { Access } from "../access/organization-access.ts";
import { ownProjects, type ProjectReach, reachableProjects, reaches } from "../access/project-reach.ts";
import { unknownProject } from "../access/unknown-names.ts";
import { forbidden } from "../kernel/app-error.ts";
import { type MutationContext, recordAudit } from "./audit.ts";
import { claimProjectSlug } from "./former-slugs.ts";

/** How a caller refers to a project: its slug, its id, or its id as text; null for input that refers to no project. */
export type ProjectReference = string | number | null;

/**
 * Returns the organization's projects for these references, in the same order, each once. The result contains one undefined if there is
 * no project for some of the references. Text of digits is looked up as a slug first, then as an id. One query, and one more for former slugs
 * if a slug is not a current one.
 */
export async function findProjectsByReference(
  db: Reader,
  organizationId: number,
  references: readonly ProjectReference[],
): Promise<(ProjectRow | undefined)[]> {
  const names = [...new Set(references.map((reference) => (reference === null ? null : String(reference))))];
  if (names.length === 0) return [];
  const slugs = names.filter((name) => name !== null);
  const ids = slugs.filter(isId).map(Number);
  const rows = await selectByReference(db, { organizationId, slugs, ids });
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  const unknown = slugs.filter((slug) => !bySlug.has(slug));
  const renamed = unknown.length === 0 ? [] : await findProjectsByFormerSlug(db, { organizationId, slugs: unknown });
  for (const { formerSlug, project } of renamed) bySlug.set(formerSlug, project);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = names.map((name) => (name === null ? undefined : (bySlug.get(name) ?? (isId(name) ? byId.get(Number(name)) : undefined))));
  return [...new Set(found)];
}

/** Whether a name is an id in decimal digits. Other notations of numbers, such as 0x1 and 1e0, are not ids. */
const isId = (name: string): boolean => /^\d{1,9}$/.test(name);

const selectByReference = prepared((db: Reader, param: { slugs: readonly string[]; ids: readonly number[]; organizationId: number }) => {
  const { projects } = db.tables;
  return db
    .select()
    .from(projects)
    .where(and(eq(projects.organizationId, param.organizationId), or(anyOf(projects.slug, param.slugs), anyOf(projects.id, param.ids))))
    .prepare();
});

type ProjectSelection = { readonly project?: readonly string[] | undefined; readonly projectSlug?: readonly string[] | undefined };

/**
 * Returns the projects that a list selects (contract 15.1): those given by id or slug, all within reach for `-1` or `$all`, else the caller's
 * own projects.
 *
 * @throws 403 for a project that is unknown or out of reach
 */
export async function selectedProjects(
  db: Reader,
  access: Access,
  { project = [], projectSlug = [] }: ProjectSelection,
): Promise<ProjectReach> {
  const names = project.length > 0 ? project : projectSlug;
  if (names.length === 0) return ownProjects(db, access);
  const reach = await reachableProjects(db, access);
  if (names.includes(project.length > 0 ? "-1" : "$all")) return reach;
  const found = await findProjectsByReference(db, access.organization.id, names);
  const ids = new Set<number>();
  for (const [index, row] of found.entries()) {
    if (!row || !reaches(reach, row.id)) throw forbidden(await unknownProject(db, access, String(names[index])));
    ids.add(row.id);
  }
  return { all: false, ids };
}

/**
 * Returns the given projects, or all within reach if none is given.
 *
 * @throws 403 for a project that is unknown or out of reach
 */
export const requestedProjects = (db: Reader, access: Access, project: readonly string[] = []): Promise<ProjectReach> =>
  project.length === 0 ? reachableProjects(db, access) : selectedProjects(db, access, { project });

/** Returns the id of the selected project if there is exactly one, else null. */
export function onlyProject(selected: ProjectReach): number | null {
  const [first, ...others] = selected.all ? [] : selected.ids;
  return first === undefined || others.length > 0 ? null : first;
}

export type ProjectDraft = {
  readonly organizationId: number;
  readonly teamId: number;
  readonly slug: string;
  readonly name: string;
  readonly platform: string | null;
  /** Whether to take the former slug of another project. */
  readonly takeFormerSlug?: boolean | undefined;
};

/** Stores a new project in its team and records it in the audit log. Returns undefined if the organization has a project with this slug. */
export async function storeProject(
  on: MutationContext,
  { teamId, takeFormerSlug = false, ...draft }: ProjectDraft,
): Promise<ProjectRow | undefined> {
  const { projects, projectTeams } = on.tx.tables;
  const [project] = await on.tx
    .insert(projects)
    .values({ ...draft, dateCreated: on.now })
    .onConflictDoNothing()
    .returning();
  if (!project) return undefined;
  await claimProjectSlug(on, draft.organizationId, { slug: draft.slug, takeFormerSlug }, null);
  await on.tx.insert(projectTeams).values({ projectId: project.id, teamId });
  await recordAudit(on, {
    organizationId: draft.organizationId,
    action: "project.create",
    target: draft.slug,
    details: { id: project.id, teamId },
  });
  return project;
}
