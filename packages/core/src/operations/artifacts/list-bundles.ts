import type { Reader } from "@landfall/db/store";
import {
  type ArtifactBundleView,
  BrowseBundlesInput,
  type BundleLineView,
  ListArtifactBundlesInput,
} from "@landfall/schema/artifacts/artifact-bundles";
import type { Page } from "@landfall/schema/page";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, desc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { atRelease } from "../../access/at-release.ts";
import type { Access } from "../../access/organization-access.ts";
import { reachableProjects } from "../../access/project-reach.ts";
import { AppError } from "../../kernel/app-error.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import type { PageRequest } from "../../kernel/page-request.ts";
import { describeBundles } from "../../records/artifacts/describe-bundles.ts";
import { reachableProjectIds } from "../../records/artifacts/release-artifact-counts.ts";
import { describeBundleLines } from "./describe-bundle-lines.ts";
import { bundleMatches, hasMatchingFile } from "./search-conditions.ts";

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

/** A part of a file's name is looked for in so many of the last bundles: no index knows it. */
const SEARCHED_BUNDLES = 200;

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
          and(
            eq(projectId, project.id),
            input.query ? or(bundleMatches(db, input.query), matchesRecent(db, project.id, input.query)) : undefined,
          ),
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

/** Reads the ids of so many bundles from one on. */
type ReadIds = (window: { readonly limit: number; readonly offset: number }) => Promise<readonly { readonly id: number }[]>;

/** A page of bundles as lines. Six statements, and one more for what was searched; all of them whatever the page holds. */
async function readBundlePage(
  db: Reader,
  access: Access,
  input: PageRequest & { readonly query?: string | undefined },
  read: ReadIds,
): Promise<Page<BundleLineView>> {
  const window = offsetWindow(input, { usual: 10 });
  const { items, ...links } = offsetPage(window, await read(window));
  const reach = await reachableProjects(db, access);
  const ids = items.map(({ id }) => id);
  return { items: await describeBundleLines(db, { ids, reach, query: input.query ?? "" }), ...links };
}
