import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { GetStorageInput, type ProjectStorageView, type StorageView } from "@landfall/schema/artifacts/retention";
import { REL_READ } from "@landfall/schema/scope";
import { asc, eq } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { SYSTEM_ACTOR } from "../../kernel/actor.ts";
import { invalidField } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { findIdentity } from "../../records/artifacts/database-identity.ts";
import { type Amounts, countStorage, emptyAmounts, sumBytes, sumChunks } from "../../records/artifacts/storage-usage.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeRule, findRules } from "../../records/retention-rules.ts";

/**
 * Returns the storage that artifacts use: of the organization by kind, and of each project within reach, the largest first, with its retention
 * rule. An artifact of several projects counts for each of them. Reads all artifacts, in statements of a few milliseconds each.
 */
export const getStorage = query({
  scope: REL_READ,
  at: atOrganization,
  input: GetStorageInput,
  run: async ({ db, at: { access }, context }, input): Promise<StorageView> => {
    const window = offsetWindow(input, { usual: 25 });
    const organizationId = access.organization.id;
    const { all, byProject } = await countStorage(db, organizationId);
    const chunks = await sumChunks(db, organizationId);
    const bytes = await sumBytes(db, organizationId);
    const reach = await reachableProjects(db, access);
    const rows = (await selectProjects(db, { organizationId }))
      .filter(({ id }) => reaches(reach, id))
      .map((project) => ({ project, kinds: byProject.get(project.id) ?? emptyAmounts() }))
      .map((row) => ({ ...row, bytes: bytesOf(row.kinds) }))
      .toSorted((a, b) => b.bytes - a.bytes);
    const { items, ...links } = offsetPage(window, rows.slice(window.offset, window.offset + window.limit));
    const counted = [...byProject.values()].reduce((sum, kinds) => sum + bytesOf(kinds), chunks.bytes);
    const refusal = (await findIdentity(db))?.lastSweep?.refusal ?? null;
    return {
      kinds: all,
      chunks,
      bytes,
      sharedBytes: Math.max(0, counted - bytes),
      quota: context.quotas.quotaOf(access.organization),
      sweepRefusal: refusal && { reason: refusal.reason, isProblem: refusal.isProblem },
      projects: { items: await withRules(db, items), ...links },
    };
  },
});

const bytesOf = ({ bundles, files, archives }: Amounts): number => bundles.bytes + files.bytes + archives.bytes;

type Row = Omit<ProjectStorageView, "project" | "rule"> & {
  readonly project: { readonly id: number; readonly slug: string; readonly name: string };
};

async function withRules(db: Reader, rows: readonly Row[]): Promise<ProjectStorageView[]> {
  const rules = await findRules(
    db,
    rows.map(({ project }) => project.id),
  );
  return rows.map(({ project, ...row }) => ({
    ...row,
    project: { ...project, id: String(project.id) },
    rule: describeRule(rules.get(project.id)),
  }));
}

const selectProjects = prepared((db: Reader, param: { organizationId: number }) => {
  const { projects } = db.tables;
  return db
    .select({ id: projects.id, slug: projects.slug, name: projects.name })
    .from(projects)
    .where(eq(projects.organizationId, param.organizationId))
    .orderBy(asc(projects.slug))
    .prepare();
});

/**
 * Sets the quota of an organization in bytes; null selects the server's default. Stored artifacts are not deleted. This is not an operation, so
 * that only the operator of the server can do it. Throws `invalid` for an unknown organization.
 */
export async function setStorageQuota(
  context: Context,
  { organization: slug, quota }: { readonly organization: string; readonly quota: number | null },
): Promise<void> {
  await context.store.transaction(async (tx) => {
    const { organizations } = tx.tables;
    const [updated] = await tx
      .update(organizations)
      .set({ storageQuota: quota })
      .where(eq(organizations.slug, slug))
      .returning({ id: organizations.id });
    if (!updated) throw invalidField("organization", `There is no organization "${slug}".`);
    const on = { tx, actor: SYSTEM_ACTOR, now: context.now(), context };
    await recordAudit(on, { organizationId: updated.id, action: "organization.set_quota", target: slug, details: { bytes: quota } });
  });
}
