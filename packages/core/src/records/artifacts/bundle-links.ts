import type { Reader } from "@landfall/db/store";
import { and, desc, eq, notExists, type SQL, sql } from "drizzle-orm";

/**
 * The links of artifact bundles: a row for each bundle, each version and dist it was uploaded for, and each project it belongs to. A subquery
 * without conditions, which both databases merge into the statement around it.
 */
export function bundleLinks(db: Reader) {
  const { artifactReleases, artifactBundleReleases, artifactBundleProjects } = db.tables;
  const { id: artifactReleaseId, organizationId, version, dist } = artifactReleases;
  const { bundleId, projectId } = artifactBundleProjects;
  return db
    .select({ artifactReleaseId, organizationId, version, dist, bundleId, projectId })
    .from(artifactReleases)
    .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleaseId))
    .innerJoin(artifactBundleProjects, eq(bundleId, artifactBundleReleases.bundleId))
    .as("bundle_links");
}

type BundleLinks = ReturnType<typeof bundleLinks>;
type Version = { readonly organizationId: number; readonly version: string };

/** Whether a link is for a version of an organization. */
export const isLinkOfVersion = (links: BundleLinks, { organizationId, version }: Version): SQL | undefined =>
  and(eq(links.organizationId, organizationId), eq(links.version, version));

type ProjectDist = Version & { readonly projectId: number; readonly dist: string };

/** Whether a link is for a version and dist of a project. */
export const isLinkOfDist = (links: BundleLinks, of: ProjectDist): SQL | undefined =>
  and(eq(links.projectId, of.projectId), isLinkOfVersion(links, of), eq(links.dist, of.dist));

/** Whether a URL is in the bundle of a link, and was uploaded for its version and dist. */
export function isUrlOfLink({ tables: { artifactUrls } }: Reader, { artifactReleaseId, bundleId }: BundleLinks): SQL | undefined {
  return and(eq(artifactUrls.artifactReleaseId, artifactReleaseId), eq(artifactUrls.bundleId, bundleId));
}

/** How many of the newest bundles of a project are searched for bundles without a version. */
const MAX_UNVERSIONED = 200;

/** A subquery of those of a project's newest bundles that were uploaded without a version. Their files are found by debug id only. */
export function unversionedBundles(db: Reader, projectId: number) {
  const { artifactBundleProjects, artifactBundleReleases } = db.tables;
  const newest = db
    .select({ bundleId: artifactBundleProjects.bundleId })
    .from(artifactBundleProjects)
    .where(eq(artifactBundleProjects.projectId, projectId))
    .orderBy(desc(artifactBundleProjects.bundleId))
    .limit(MAX_UNVERSIONED)
    .as("newest");
  const versioned = db
    .select({ one: sql`1` })
    .from(artifactBundleReleases)
    .where(eq(artifactBundleReleases.bundleId, newest.bundleId));
  return db.select({ bundleId: newest.bundleId }).from(newest).where(notExists(versioned)).as("unversioned");
}
