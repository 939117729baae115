import { setImmediate } from "node:timers/promises";
import { anyOf, withoutIndex } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ArtifactBundleRow } from "@landfall/db/tables/schema";
import { and, asc, eq, exists, gt, ne, not, sql } from "drizzle-orm";
import { retainedReleases, type RetentionPolicy } from "./retention-policy.ts";

/** A bundle that a project no longer keeps. */
export type ExpiredBundle = {
  readonly bundle: ArtifactBundleRow;
  readonly size: number;
  readonly dateUploaded: Date;
  /** Whether no other project has it, so that it goes altogether. */
  readonly isLast: boolean;
  /** The releases of the project that it was uploaded for. */
  readonly releaseIds: readonly number[];
};

/** Bundles looked at in one statement: a few milliseconds. */
const ROWS_AT_ONCE = 200;

/**
 * The bundles a project no longer keeps, some at a time, the oldest first. A bundle goes when it is old enough and none of the releases it
 * is for is kept; one that is for no release of the project goes by its age alone. Others are let in between.
 */
export async function* findExpiredBundles(db: Reader, judge: RetentionPolicy): AsyncIterable<readonly ExpiredBundle[]> {
  for (let after = 0, more = true; more;) {
    const rows = await selectBundles(db, { projectId: judge.projectId, after });
    after = rows.at(-1)?.bundle.id ?? after;
    more = rows.length === ROWS_AT_ONCE;
    const going = await selectExpired(db, judge, rows);
    if (going.length > 0) yield going;
    await setImmediate();
  }
}

/** Which of these still go. */
export async function filterStillExpiredBundles(
  db: Reader,
  judge: RetentionPolicy,
  bundles: readonly ExpiredBundle[],
): Promise<readonly ExpiredBundle[]> {
  const ids = bundles.map(({ bundle }) => bundle.id);
  return selectExpired(db, judge, await selectThese(db, { projectId: judge.projectId, ids }));
}

type Candidate = { readonly bundle: ArtifactBundleRow; readonly size: number; readonly isLast: boolean };

async function selectExpired(db: Reader, judge: RetentionPolicy, rows: readonly Candidate[]): Promise<ExpiredBundle[]> {
  const old = rows.flatMap((row) => {
    const dateUploaded = row.bundle.dateModified ?? row.bundle.dateCreated;
    return dateUploaded < judge.before ? [{ ...row, dateUploaded }] : [];
  });
  if (old.length === 0) return [];
  const links = await selectLinks(db, { projectId: judge.projectId, ids: old.map(({ bundle }) => bundle.id) });
  const kept = await retainedReleases(db, judge, [...new Set(links.map((link) => link.releaseId))]);
  const byBundle = Map.groupBy(links, (link) => link.bundleId);
  return old.flatMap((row) => {
    const releaseIds = (byBundle.get(row.bundle.id) ?? []).map((link) => link.releaseId);
    const goes = releaseIds.length === 0 ? judge.agesOut : !releaseIds.some((id) => kept.has(id));
    return goes ? [{ ...row, releaseIds }] : [];
  });
}

const candidates = (db: Reader, projectId: number) => {
  const { artifactBundleProjects, artifactBundles, blobs } = db.tables;
  // The other projects of a bundle, in a select of the same table.
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

const selectThese = prepared((db: Reader, param: { projectId: number; ids: readonly number[] }) => {
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
