import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { type ChangedStatusView, ChangeStatusInput } from "@landfall/schema/releases/change-release";
import { REL_WRITE } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { type Access, atOrganization } from "../../access/organization-access.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { AppError } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudits } from "../../records/audit.ts";

/**
 * Archives many releases, or opens them again: all of them or none. Names those that were changed and those that were so already, as
 * they were named. Throws 404 at `versions` for each that is unknown, or has a project the caller does not reach.
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
    const names = new Set(changed.map(({ version }) => version));
    const [now, before] = [found.filter(({ version }) => names.has(version)), found.filter(({ version }) => !names.has(version))];
    return { changed: now.map(({ version }) => version), unchanged: before.map(({ version }) => version) };
  },
});

/** Sets the state of those that are in the other one, and repeats it at their project links; answers which those were. */
async function setArchived(tx: Tx, rows: readonly ReleaseRow[], isArchived: boolean): Promise<readonly { version: string }[]> {
  const other = rows.filter((row) => row.isArchived !== isArchived);
  if (other.length === 0) return [];
  const [releases, links] = isArchived ? [archiveReleases, archiveLinks] : [openReleases, openLinks];
  const changed = await releases(tx, { ids: other.map(({ id }) => id) });
  await links(tx, { ids: changed.map(({ id }) => id) });
  const ids = new Set(changed.map(({ id }) => id));
  return other.filter(({ id }) => ids.has(id));
}

/** Those that others changed or deleted since they were read are left alone. */
const updateReleases = (isArchived: boolean) =>
  prepared((tx: Tx, param: { ids: readonly number[] }) => {
    const { releases } = tx.tables;
    return tx
      .update(releases)
      .set({ isArchived })
      .where(and(anyOf(releases.id, param.ids), eq(releases.isArchived, !isArchived)))
      .returning({ id: releases.id })
      .prepare();
  });

const archiveReleases = updateReleases(true);
const openReleases = updateReleases(false);

const updateLinks = (isArchived: boolean) =>
  prepared((tx: Tx, param: { ids: readonly number[] }) => {
    const { releaseProjects } = tx.tables;
    return tx.update(releaseProjects).set({ isArchived }).where(anyOf(releaseProjects.releaseId, param.ids)).prepare();
  });

const archiveLinks = updateLinks(true);
const openLinks = updateLinks(false);

/** How many missing versions a message names. */
const NAMED_IN_MESSAGE = 5;

/**
 * The releases of these versions, each once and in the order named, all of whose projects the caller reaches (contract 4.2). Throws 404
 * with an issue at `versions` for each that is unknown, has no project, or has one out of reach: which of these is not told.
 */
async function findFullyReachableReleases(db: Reader, access: Access, versions: readonly string[]): Promise<ReleaseRow[]> {
  const rows = await selectReleases(db, { organizationId: access.organization.id, versions });
  const links = Map.groupBy(await selectLinks(db, { releaseIds: rows.map((row) => row.id) }), (link) => link.releaseId);
  const reach = await reachableProjects(db, access);
  const whole = rows.filter((row) => links.get(row.id)?.every((link) => reaches(reach, link.projectId)));
  const byVersion = new Map(whole.map((row) => [row.version, row]));
  const missing = versions.flatMap((version, index) => (byVersion.has(version) ? [] : [{ version, index }]));
  if (missing.length > 0) throw notFoundAmong(missing);
  return [...new Set(versions)].flatMap((version) => byVersion.get(version) ?? []);
}

function notFoundAmong(missing: readonly { version: string; index: number }[]): AppError {
  const names = [...new Set(missing.map(({ version }) => version))];
  const more = names.length > NAMED_IN_MESSAGE ? ` and ${names.length - NAMED_IN_MESSAGE} more` : "";
  const message = `No release of this name can be found, or not all of its projects are yours to change: ${names.slice(0, NAMED_IN_MESSAGE).join(", ")}${more}.`;
  const issues = missing.map(({ version, index }) => ({ path: ["versions", index], message: `The release ${version} cannot be found.` }));
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
