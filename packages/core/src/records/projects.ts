import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { and, eq, or } from "drizzle-orm";
import { type MutationContext, recordAudit } from "./audit.ts";

/** How a caller names a project: slug, id, or id in digits; null for something that can name none. */
export type ProjectReference = string | number | null;

/**
 * The organization's projects by these names, in the order named, each once; undefined stands for a name that is none of them. A
 * run of digits is a slug first, then an id.
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
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = names.map((name) => (name === null ? undefined : (bySlug.get(name) ?? (isId(name) ? byId.get(Number(name)) : undefined))));
  return [...new Set(found)];
}

/** Digits, and not whatever else counts as a number: 0x1 and 1e0 name nothing. */
const isId = (name: string): boolean => /^\d{1,9}$/.test(name);

const selectByReference = prepared((db: Reader, param: { slugs: readonly string[]; ids: readonly number[]; organizationId: number }) => {
  const { projects } = db.tables;
  return db
    .select()
    .from(projects)
    .where(and(eq(projects.organizationId, param.organizationId), or(anyOf(projects.slug, param.slugs), anyOf(projects.id, param.ids))))
    .prepare();
});

export type ProjectDraft = {
  readonly organizationId: number;
  readonly teamId: number;
  readonly slug: string;
  readonly name: string;
  readonly platform: string | null;
};

/** Stores a new project in its team; undefined when the organization has one of this slug. Writes the audit row. */
export async function storeProject(on: MutationContext, { teamId, ...draft }: ProjectDraft): Promise<ProjectRow | undefined> {
  const { projects, projectTeams } = on.tx.tables;
  const [project] = await on.tx
    .insert(projects)
    .values({ ...draft, dateCreated: on.now })
    .onConflictDoNothing()
    .returning();
  if (!project) return undefined;
  await on.tx.insert(projectTeams).values({ projectId: project.id, teamId });
  await recordAudit(on, {
    organizationId: draft.organizationId,
    action: "project.create",
    target: draft.slug,
    details: { id: project.id, teamId },
  });
  return project;
}
