import type { Reader } from "@landfall/db/store";
import { BrowseBundlesInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_READ } from "@landfall/schema/scope";
import type { BundleLineView } from "@landfall/schema/views/bundle-line";
import type { Page } from "@landfall/schema/views/page";
import { and, desc, eq, inArray, or, type SQL } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { query } from "../operation.ts";
import { readBundlePage } from "./bundle-page.ts";
import { hasMatchingFile } from "./holds-file.ts";
import { bundleMatches } from "./is-about.ts";

/** A part of a file's name is looked for in so many of the last bundles: no index knows it. */
export const SEARCHED_BUNDLES = 200;

/** The artifact bundles of a project, the last uploaded first. */
export const browseBundles = query({
  scope: REL_READ,
  at: atProject,
  input: BrowseBundlesInput,
  run: async ({ db, at: { access, project } }, input): Promise<Page<BundleLineView>> => {
    const { artifactBundles, artifactBundleProjects } = db.tables;
    const { projectId, bundleId } = artifactBundleProjects;
    return readBundlePage(db, access, input, ({ limit, offset }) =>
      db
        .select({ id: bundleId })
        .from(artifactBundleProjects)
        .innerJoin(artifactBundles, eq(artifactBundles.id, bundleId))
        .where(
          and(eq(projectId, project.id), input.query ? or(bundleMatches(db, input.query), matchesRecent(db, project.id, input.query)) : undefined),
        )
        .orderBy(desc(bundleId))
        .limit(limit)
        .offset(offset),
    );
  },
});

function matchesRecent(db: Reader, id: number, text: string): SQL | undefined {
  const { artifactBundles, artifactBundleProjects } = db.tables;
  const { projectId, bundleId } = artifactBundleProjects;
  const last = db
    .select({ last: bundleId })
    .from(artifactBundleProjects)
    .where(eq(projectId, id))
    .orderBy(desc(bundleId))
    .limit(SEARCHED_BUNDLES);
  return and(inArray(artifactBundles.id, last), hasMatchingFile(db, artifactBundles.id, text));
}
