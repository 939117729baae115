import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { ChangeStatusInput } from "@landfall/schema/inputs/release-admin";
import { REL_WRITE } from "@landfall/schema/scope";
import type { ChangedStatusView } from "@landfall/schema/views/release-admin";
import { and, eq } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { recordAudits } from "../audit/record-audits.ts";
import { mutation } from "../operation.ts";
import { findFullyReachableReleases } from "./find-whole-releases.ts";

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
  const changed = await releases(tx, { ids: JSON.stringify(other.map(({ id }) => id)) });
  await links(tx, { ids: JSON.stringify(changed.map(({ id }) => id)) });
  const ids = new Set(changed.map(({ id }) => id));
  return other.filter(({ id }) => ids.has(id));
}

/** Those that others changed or deleted since they were read are left alone. */
const updateReleases = (isArchived: boolean) =>
  prepared((tx: Tx) => {
    const { releases } = tx.tables;
    return tx
      .update(releases)
      .set({ isArchived })
      .where(and(anyOf(releases.id, "ids"), eq(releases.isArchived, !isArchived)))
      .returning({ id: releases.id })
      .prepare();
  });
const archiveReleases = updateReleases(true);
const openReleases = updateReleases(false);

const updateLinks = (isArchived: boolean) =>
  prepared((tx: Tx) => {
    const { releaseProjects } = tx.tables;
    return tx.update(releaseProjects).set({ isArchived }).where(anyOf(releaseProjects.releaseId, "ids")).prepare();
  });
const archiveLinks = updateLinks(true);
const openLinks = updateLinks(false);
