import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { and, count, eq, sql, sum } from "drizzle-orm";
import type { AtRelease } from "../access/at-release.ts";
import { isShownFile } from "./shown-files.ts";

/** How many files there are for a release: those in artifact bundles of its version and projects if there are any, else its own (contract 10.1). */
export async function countArtifacts(
  db: Reader,
  { release, links }: Pick<AtRelease, "release" | "links">,
): Promise<{ files: number; areBundled: boolean }> {
  const projects = JSON.stringify(links.map((link) => link.projectId));
  const [bundled] = await sumBundleFiles(db, { organizationId: release.organizationId, version: release.version, projects });
  if (bundled && bundled.bundles > 0) return { files: bundled.files ?? 0, areBundled: true };
  return { files: await countOwnFiles(db, release.id), areBundled: false };
}

/** How many files a release has of its own, single ones and members of its archives. */
export async function countOwnFiles(db: Reader, releaseId: number): Promise<number> {
  const [own] = await countFiles(db, { releaseId });
  return own?.files ?? 0;
}

const sumBundleFiles = prepared((db: Reader) => {
  const { artifactReleases, artifactBundleReleases, artifactBundleProjects, artifactBundles } = db.tables;
  const once = db
    .selectDistinct({ id: artifactBundles.id, fileCount: artifactBundles.fileCount })
    .from(artifactReleases)
    .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactBundleReleases.bundleId))
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.bundleId, artifactBundles.id), anyOf(artifactBundleProjects.projectId, "projects")),
    )
    .where(
      and(eq(artifactReleases.organizationId, sql.placeholder("organizationId")), eq(artifactReleases.version, sql.placeholder("version"))),
    )
    .as("once");
  return db
    .select({ bundles: count(), files: sum(once.fileCount).mapWith(Number) })
    .from(once)
    .prepare();
});

const countFiles = prepared((db: Reader) => {
  const { releaseFiles } = db.tables;
  return db
    .select({ files: count() })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.releaseId, sql.placeholder("releaseId")), isShownFile(db)))
    .prepare();
});
