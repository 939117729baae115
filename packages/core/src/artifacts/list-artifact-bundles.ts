import type { Reader } from "@landfall/db/store";
import { ListArtifactBundlesInput } from "@landfall/schema/inputs/artifact-bundle";
import { REL_READ } from "@landfall/schema/scope";
import type { ArtifactBundleView } from "@landfall/schema/views/artifact-bundle";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { AppError } from "../app-error.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { describeBundles } from "./describe-bundles.ts";
import { bundleMatches } from "./is-about.ts";

/** The artifact bundles of a project, the newest first unless told otherwise (contract 9.5). */
export const listArtifactBundles = query({
  scope: REL_READ,
  at: atProject,
  input: ListArtifactBundlesInput,
  run: async ({ db, at: { project } }, input): Promise<Page<ArtifactBundleView>> => {
    const orderBy = orderOf(db, input.sortBy || "-date_added");
    const window = offsetWindow(input, { usual: 10 });
    const { artifactBundles, artifactBundleProjects } = db.tables;
    const rows = await db
      .select({ bundle: artifactBundles })
      .from(artifactBundleProjects)
      .innerJoin(artifactBundles, eq(artifactBundles.id, artifactBundleProjects.bundleId))
      .where(and(eq(artifactBundleProjects.projectId, project.id), input.query ? bundleMatches(db, input.query) : undefined))
      .orderBy(...orderBy)
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return {
      items: await describeBundles(
        db,
        items.map(({ bundle }) => bundle),
      ),
      ...links,
    };
  },
});

function orderOf(db: Reader, sortBy: string): SQL[] {
  const { artifactBundles, artifactBundleProjects } = db.tables;
  // Ids are given out in the order bundles are added, and the links of a project are sorted by them.
  const byId = artifactBundleProjects.bundleId;
  switch (sortBy) {
    case "date_added":
      return [asc(byId)];
    case "-date_added":
      return [desc(byId)];
    case "date_modified":
      return [sql`${artifactBundles.dateModified} asc nulls last`, asc(byId)];
    case "-date_modified":
      return [sql`${artifactBundles.dateModified} desc nulls last`, desc(byId)];
    default:
      throw new AppError("invalid", "You can either sort via 'date_added' or 'date_modified'", { reason: "invalid_sort_by_parameter" });
  }
}
