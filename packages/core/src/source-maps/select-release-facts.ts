import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { and, asc, desc, eq, exists, isNotNull, notExists, sql } from "drizzle-orm";
import { isShownFile } from "../artifacts/shown-files.ts";

/** A version is uploaded for a few dists; more are not told. */
const MAX_DISTS = 50;
/** Names are compared with those in this many of the newest bundles. */
const MAX_BUNDLES = 5;
/** Of the newest bundles this many are asked whether they are for any release. */
const MAX_UNVERSIONED = 200;
const MAX_NAMES = 500;
/** Of a release's own files, which no index knows by their last part, the first by name. */
const MAX_OWN_NAMES = 5000;

/** The release of this version, where it is one of the project's. */
export const selectRelease = prepared((db: Reader) => {
  const { releases, releaseProjects } = db.tables;
  return db
    .select({ id: releases.id })
    .from(releases)
    .innerJoin(
      releaseProjects,
      and(eq(releaseProjects.releaseId, releases.id), eq(releaseProjects.projectId, sql.placeholder("projectId"))),
    )
    .where(and(eq(releases.organizationId, sql.placeholder("organizationId")), eq(releases.version, sql.placeholder("version"))))
    .prepare();
});

/** The dists of a version that a project has bundles for. */
export const selectDistsOf = prepared((db: Reader) => {
  const { artifactReleases, artifactBundleReleases, artifactBundleProjects } = db.tables;
  const bundle = db
    .select({ one: sql`1` })
    .from(artifactBundleReleases)
    .innerJoin(
      artifactBundleProjects,
      and(
        eq(artifactBundleProjects.projectId, sql.placeholder("projectId")),
        eq(artifactBundleProjects.bundleId, artifactBundleReleases.bundleId),
      ),
    )
    .where(eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id));
  return db
    .select({ id: artifactReleases.id, dist: artifactReleases.dist })
    .from(artifactReleases)
    .where(
      and(
        eq(artifactReleases.organizationId, sql.placeholder("organizationId")),
        eq(artifactReleases.version, sql.placeholder("version")),
        exists(bundle),
      ),
    )
    .orderBy(asc(artifactReleases.dist))
    .limit(MAX_DISTS)
    .prepare();
});

/** Which of the dists have which of the addresses. */
export const selectDistsWith = prepared((db: Reader) => {
  const { artifactReleases, artifactBundleReleases, artifactUrls, artifactBundleProjects } = db.tables;
  return db
    .selectDistinct({ dist: artifactReleases.dist, urlKey: artifactUrls.urlKey })
    .from(artifactReleases)
    .innerJoin(artifactUrls, and(eq(artifactUrls.artifactReleaseId, artifactReleases.id), anyOf(artifactUrls.urlKey, "keys")))
    .innerJoin(
      artifactBundleReleases,
      and(
        eq(artifactBundleReleases.artifactReleaseId, artifactUrls.artifactReleaseId),
        eq(artifactBundleReleases.bundleId, artifactUrls.bundleId),
      ),
    )
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, sql.placeholder("projectId")), eq(artifactBundleProjects.bundleId, artifactUrls.bundleId)),
    )
    .where(anyOf(artifactReleases.id, "releases"))
    .limit(MAX_NAMES)
    .prepare();
});

/** The project's newest bundles for a version and dist. */
export const selectBundlesOf = prepared((db: Reader) => {
  const { artifactBundleReleases, artifactBundleProjects } = db.tables;
  return db
    .select({ bundleId: artifactBundleReleases.bundleId })
    .from(artifactBundleReleases)
    .innerJoin(
      artifactBundleProjects,
      and(
        eq(artifactBundleProjects.projectId, sql.placeholder("projectId")),
        eq(artifactBundleProjects.bundleId, artifactBundleReleases.bundleId),
      ),
    )
    .where(eq(artifactBundleReleases.artifactReleaseId, sql.placeholder("artifactReleaseId")))
    .orderBy(desc(artifactBundleReleases.bundleId))
    .limit(MAX_BUNDLES)
    .prepare();
});

/** Addresses in bundles that have something in common with those wanted. */
export const selectNamesIn = prepared((db: Reader) => {
  const { artifactFiles } = db.tables;
  return db
    .selectDistinct({ name: sql<string>`${artifactFiles.url}` })
    .from(artifactFiles)
    .where(and(anyOf(artifactFiles.bundleId, "bundles"), anyOf(artifactFiles.nameKey, "nameKeys"), isNotNull(artifactFiles.url)))
    .limit(MAX_NAMES)
    .prepare();
});

/** Names of files in the project's bundles that are for no release at all, and so found by debug id alone. */
export const selectUnversionedNames = prepared((db: Reader) => {
  const { artifactFiles, artifactBundleProjects, artifactBundleReleases } = db.tables;
  const newest = db
    .select({ bundleId: artifactBundleProjects.bundleId })
    .from(artifactBundleProjects)
    .where(eq(artifactBundleProjects.projectId, sql.placeholder("projectId")))
    .orderBy(desc(artifactBundleProjects.bundleId))
    .limit(MAX_UNVERSIONED)
    .as("newest");
  const versioned = db
    .select({ one: sql`1` })
    .from(artifactBundleReleases)
    .where(eq(artifactBundleReleases.bundleId, newest.bundleId));
  return db
    .selectDistinct({ name: sql<string>`coalesce(${artifactFiles.url}, ${artifactFiles.path})` })
    .from(newest)
    .innerJoin(artifactFiles, and(eq(artifactFiles.bundleId, newest.bundleId), anyOf(artifactFiles.nameKey, "nameKeys")))
    .where(and(notExists(versioned), isNotNull(artifactFiles.debugId)))
    .limit(MAX_NAMES)
    .prepare();
});

/** The names of a release's own files with their dists. */
export const selectOwnNames = prepared((db: Reader) => {
  const { releaseFiles } = db.tables;
  return db
    .select({ name: releaseFiles.name, dist: releaseFiles.dist })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.releaseId, sql.placeholder("releaseId")), isShownFile(db)))
    .orderBy(asc(releaseFiles.isMember), asc(releaseFiles.listDist), asc(releaseFiles.name))
    .limit(MAX_OWN_NAMES)
    .prepare();
});
