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
import { bundleLinks } from "../../records/artifacts/bundle-links.ts";
import { describeBundles } from "../../records/artifacts/describe-bundles.ts";
import { reachableProjectIds } from "../../records/artifacts/release-artifact-counts.ts";
import { describeBundleLines } from "./describe-bundle-lines.ts";
import { bundleMatches, hasMatchingFile } from "./search-conditions.ts";

/** Lists the artifact bundles of a project, by default the newest first (contract 9.5). Pages use `browseBundles`, which returns more fields. */
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
  // Ids are assigned in the order in which bundles are added, and an index has the bundles of a project by id.
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

/** Only this many of the newest bundles are searched for a part of a file name, because no index has it. */
const SEARCHED_BUNDLES = 200;

/** Lists the artifact bundles of a project for a page, the newest first. */
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

/** Lists the artifact bundles of a release and its projects within the caller's reach, the newest first. */
export const browseReleaseBundles = query({
  scope: REL_READ,
  at: atRelease,
  input: BrowseBundlesInput,
  run: async ({ db, at }, input): Promise<Page<BundleLineView>> => {
    const projects = await reachableProjectIds(db, at);
    const { artifactBundles } = db.tables;
    const { id } = artifactBundles;
    const links = bundleLinks(db);
    return readBundlePage(db, at.access, input, ({ limit, offset }) =>
      db
        .selectDistinct({ id })
        .from(links)
        .innerJoin(artifactBundles, eq(id, links.bundleId))
        .where(
          and(
            eq(links.organizationId, at.release.organizationId),
            eq(links.version, at.release.version),
            inArray(links.projectId, projects),
            input.query ? or(bundleMatches(db, input.query), hasMatchingFile(db, id, input.query)) : undefined,
          ),
        )
        .orderBy(desc(id))
        .limit(limit)
        .offset(offset),
    );
  },
});

/** Reads the ids of the bundles on a page. */
type ReadIds = (window: { readonly limit: number; readonly offset: number }) => Promise<readonly { readonly id: number }[]>;

/** Returns a page of bundles. Runs six statements, and one more for a search. */
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
