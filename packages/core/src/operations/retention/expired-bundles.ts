import { setImmediate } from "node:timers/promises";
import { anyOf, withoutIndex } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ArtifactBundleRow } from "@landfall/db/tables/schema";
import { and, asc, eq, exists, gt, ne, not, sql } from "drizzle-orm";
import { retainedReleases, type RetentionPolicy } from "./retention-policy.ts";

/** A bundle that the retention rule of a project removes from it. */
export type ExpiredBundle = {
  readonly bundle: ArtifactBundleRow;
  readonly size: number;
  readonly dateUploaded: Date;
  /** Whether it belongs to no other project, so that it is deleted. */
  readonly isLast: boolean;
  /** The releases of the project that it was uploaded for. */
  readonly releaseIds: readonly number[];
};

/** The bundles that one statement reads, in a few milliseconds. */
const ROWS_AT_ONCE = 200;

/**
 * Yields the expired bundles of a project in batches, the oldest first. A bundle expires when it is old enough and none of its releases is
 * retained. A bundle without a release of the project expires by its age alone. Other requests run between the batches.
 */
export async function* findExpiredBundles(db: Reader, policy: RetentionPolicy): AsyncIterable<readonly ExpiredBundle[]> {
  for (let after = 0, more = true; more;) {
    const rows = await selectBundles(db, { projectId: policy.projectId, after });
    after = rows.at(-1)?.bundle.id ?? after;
    more = rows.length === ROWS_AT_ONCE;
    const expired = await selectExpired(db, policy, rows);
    if (expired.length > 0) yield expired;
    await setImmediate();
  }
}

/** Returns those bundles that are still expired. */
export async function filterStillExpiredBundles(
  db: Reader,
  policy: RetentionPolicy,
  bundles: readonly ExpiredBundle[],
): Promise<readonly ExpiredBundle[]> {
  const ids = bundles.map(({ bundle }) => bundle.id);
  return selectExpired(db, policy, await selectByIds(db, { projectId: policy.projectId, ids }));
}

type Candidate = { readonly bundle: ArtifactBundleRow; readonly size: number; readonly isLast: boolean };

async function selectExpired(db: Reader, policy: RetentionPolicy, rows: readonly Candidate[]): Promise<ExpiredBundle[]> {
  const old = rows.flatMap((row) => {
    const dateUploaded = row.bundle.dateModified ?? row.bundle.dateCreated;
    return dateUploaded < policy.uploadedBefore ? [{ ...row, dateUploaded }] : [];
  });
  if (old.length === 0) return [];
  const links = await selectLinks(db, { projectId: policy.projectId, ids: old.map(({ bundle }) => bundle.id) });
  const retained = await retainedReleases(db, policy, [...new Set(links.map((link) => link.releaseId))]);
  const byBundle = Map.groupBy(links, (link) => link.bundleId);
  return old.flatMap((row) => {
    const releaseIds = (byBundle.get(row.bundle.id) ?? []).map((link) => link.releaseId);
    const isExpired = releaseIds.length === 0 ? policy.expiresByAge : !releaseIds.some((id) => retained.has(id));
    return isExpired ? [{ ...row, releaseIds }] : [];
  });
}

const candidates = (db: Reader, projectId: number) => {
  const { artifactBundleProjects, artifactBundles, blobs } = db.tables;
  // A second use of the same table in the statement, for the other projects of a bundle.
  const others = db.select().from(artifactBundleProjects).as("others");
  const another = db
    .select({ one: sql`1` })
    .from(others)
    .where(and(eq(others.bundleId, artifactBundles.id), ne(others.projectId, projectId)));
  return db
    .select({ bundle: artifactBundles, size: blobs.size, isLast: sql<boolean>`${not(exists(another))}`.mapWith(Boolean) })
    .from(artifactBundleProjects)
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactBundleProjects.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId));
};

const selectBundles = prepared((db: Reader, param: { projectId: number; after: number }) => {
  const { bundleId, projectId } = db.tables.artifactBundleProjects;
  return candidates(db, param.projectId)
    .where(and(eq(projectId, param.projectId), gt(bundleId, param.after)))
    .orderBy(asc(bundleId))
    .limit(ROWS_AT_ONCE)
    .prepare();
});

const selectByIds = prepared((db: Reader, param: { projectId: number; ids: readonly number[] }) => {
  const { bundleId, projectId } = db.tables.artifactBundleProjects;
  return candidates(db, param.projectId)
    .where(and(eq(projectId, param.projectId), anyOf(bundleId, param.ids)))
    .orderBy(asc(bundleId))
    .prepare();
});

const selectLinks = prepared((db: Reader, param: { ids: readonly number[]; projectId: number }) => {
  const { artifactBundleReleases, artifactReleases, releases, releaseProjects } = db.tables;
  return db
    .selectDistinct({ bundleId: artifactBundleReleases.bundleId, releaseId: releases.id })
    .from(artifactBundleReleases)
    .innerJoin(artifactReleases, eq(artifactReleases.id, artifactBundleReleases.artifactReleaseId))
    .innerJoin(releases, and(eq(releases.organizationId, artifactReleases.organizationId), eq(releases.version, artifactReleases.version)))
    .innerJoin(
      releaseProjects,
      and(eq(releaseProjects.releaseId, releases.id), eq(withoutIndex(releaseProjects.projectId), param.projectId)),
    )
    .where(anyOf(artifactBundleReleases.bundleId, param.ids))
    .prepare();
});
