import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { type ChangedStatusView, ChangeStatusInput } from "@landfall/schema/releases/change-release";
import { REL_WRITE } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { type Access, atOrganization } from "../../access/organization-access.ts";
import { reachableProjects, reachesEvery } from "../../access/project-reach.ts";
import { AppError } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudits } from "../../records/audit.ts";

/**
 * Archives or reopens releases, all or none. Returns the versions that were changed and those that already had the status.
 *
 * @throws 404 with an issue at `versions` for each version that is unknown or has a project out of the caller's reach
 */
export const setReleaseStatus = mutation({
  scope: REL_WRITE,
  at: atOrganization,
  input: ChangeStatusInput,
  run: async (on, { versions, status }): Promise<ChangedStatusView> => {
    const { tx, at } = on;
    const isArchived = status === "archived";
    const found = await findFullyReachableReleases(tx, at.access, versions);
    const changed = await setArchived(tx, found, isArchived);
    await recordAudits(
      on,
      at.access.organization.id,
      "release.update",
      changed.map(({ version }) => ({ target: version, details: { isArchived } })),
    );
    const changedVersions = new Set(changed.map(({ version }) => version));
    const foundVersions = found.map(({ version }) => version);
    return {
      changed: foundVersions.filter((version) => changedVersions.has(version)),
      unchanged: foundVersions.filter((version) => !changedVersions.has(version)),
    };
  },
});

/** Sets the status of the releases that have the other one, and its copy in their project links. Returns the changed releases. */
async function setArchived(tx: Tx, rows: readonly ReleaseRow[], isArchived: boolean): Promise<readonly { version: string }[]> {
  const outdated = rows.filter((row) => row.isArchived !== isArchived);
  if (outdated.length === 0) return [];
  const [updateReleases, updateLinks] = isArchived ? [archiveReleases, archiveLinks] : [openReleases, openLinks];
  const changed = await updateReleases(tx, { ids: outdated.map(({ id }) => id) });
  await updateLinks(tx, { ids: changed.map(({ id }) => id) });
  const ids = new Set(changed.map(({ id }) => id));
  return outdated.filter(({ id }) => ids.has(id));
}

/** Skips releases that others changed or deleted after they were read. */
const prepareReleaseUpdate = (isArchived: boolean) =>
  prepared((tx: Tx, param: { ids: readonly number[] }) => {
    const { releases } = tx.tables;
    return tx
      .update(releases)
      .set({ isArchived })
      .where(and(anyOf(releases.id, param.ids), eq(releases.isArchived, !isArchived)))
      .returning({ id: releases.id })
      .prepare();
  });

const archiveReleases = prepareReleaseUpdate(true);
const openReleases = prepareReleaseUpdate(false);

const prepareLinkUpdate = (isArchived: boolean) =>
  prepared((tx: Tx, param: { ids: readonly number[] }) => {
    const { releaseProjects } = tx.tables;
    return tx.update(releaseProjects).set({ isArchived }).where(anyOf(releaseProjects.releaseId, param.ids)).prepare();
  });

const archiveLinks = prepareLinkUpdate(true);
const openLinks = prepareLinkUpdate(false);

/** How many missing versions a message lists. */
const MAX_LISTED = 5;

/**
 * Returns the distinct releases of these versions in the order given. All of their projects must be within the caller's reach (contract
 * 4.2).
 *
 * @throws 404 with an issue at `versions` for each version that is unknown, has no project, or has one out of reach; the issue does not reveal
 * which
 */
async function findFullyReachableReleases(db: Reader, access: Access, versions: readonly string[]): Promise<ReleaseRow[]> {
  const rows = await selectReleases(db, { organizationId: access.organization.id, versions });
  const links = Map.groupBy(await selectLinks(db, { releaseIds: rows.map((row) => row.id) }), (link) => link.releaseId);
  const reach = await reachableProjects(db, access);
  const reachable = rows.filter((row) => links.has(row.id) && reachesEvery(reach, links.get(row.id) ?? []));
  const byVersion = new Map(reachable.map((row) => [row.version, row]));
  const missing = versions.flatMap((version, index) => (byVersion.has(version) ? [] : [{ version, index }]));
  if (missing.length > 0) throw versionsNotFound(missing);
  return [...new Set(versions)].flatMap((version) => byVersion.get(version) ?? []);
}

function versionsNotFound(missing: readonly { version: string; index: number }[]): AppError {
  const distinct = [...new Set(missing.map(({ version }) => version))];
  const more = distinct.length > MAX_LISTED ? ` and ${distinct.length - MAX_LISTED} more` : "";
  const list = `${distinct.slice(0, MAX_LISTED).join(", ")}${more}`;
  const message = `Releases not found, or with projects that you do not have access to: ${list}.`;
  const issues = missing.map(({ version, index }) => ({ path: ["versions", index], message: `Release ${version} not found.` }));
  return new AppError("not_found", message, { issues });
}

const selectReleases = prepared((db: Reader, param: { versions: readonly string[]; organizationId: number }) => {
  const { releases } = db.tables;
  return db
    .select()
    .from(releases)
    .where(and(eq(releases.organizationId, param.organizationId), anyOf(releases.version, param.versions)))
    .prepare();
});

const selectLinks = prepared((db: Reader, param: { releaseIds: readonly number[] }) => {
  const { releaseProjects } = db.tables;
  return db
    .select({ releaseId: releaseProjects.releaseId, projectId: releaseProjects.projectId })
    .from(releaseProjects)
    .where(anyOf(releaseProjects.releaseId, param.releaseIds))
    .prepare();
});
