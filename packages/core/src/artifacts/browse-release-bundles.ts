import { BrowseBundlesInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_READ } from "@landfall/schema/scope";
import type { BundleLineView } from "@landfall/schema/views/bundle-line";
import type { Page } from "@landfall/schema/views/page";
import { and, desc, eq, inArray, or } from "drizzle-orm";
import { atRelease } from "../access/at-release.ts";
import { query } from "../operation.ts";
import { readBundlePage } from "./bundle-page.ts";
import { hasMatchingFile } from "./holds-file.ts";
import { bundleMatches } from "./is-about.ts";
import { reachableProjectIds } from "./reached-projects.ts";

/** The artifact bundles that were uploaded for a release and its projects within the caller's reach, the last uploaded first. */
export const browseReleaseBundles = query({
  scope: REL_READ,
  at: atRelease,
  input: BrowseBundlesInput,
  run: async ({ db, at }, input): Promise<Page<BundleLineView>> => {
    const { artifactReleases, artifactBundleReleases, artifactBundles, artifactBundleProjects } = db.tables;
    const projects = await reachableProjectIds(db, at);
    const { id } = artifactBundles;
    return readBundlePage(db, at.access, input, ({ limit, offset }) =>
      db
        .selectDistinct({ id })
        .from(artifactReleases)
        .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
        .innerJoin(artifactBundles, eq(id, artifactBundleReleases.bundleId))
        .innerJoin(artifactBundleProjects, eq(artifactBundleProjects.bundleId, id))
        .where(
          and(
            eq(artifactReleases.organizationId, at.release.organizationId),
            eq(artifactReleases.version, at.release.version),
            inArray(artifactBundleProjects.projectId, projects),
            input.query ? or(bundleMatches(db, input.query), hasMatchingFile(db, id, input.query)) : undefined,
          ),
        )
        .orderBy(desc(id))
        .limit(limit)
        .offset(offset),
    );
  },
});
