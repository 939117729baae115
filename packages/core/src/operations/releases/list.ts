import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import type { Page } from "@landfall/schema/page";
import { ListReleasesInput, ListReleaseStatsInput } from "@landfall/schema/releases/release-list";
import type { ReleaseSort, ReleaseStatView, ReleaseView } from "@landfall/schema/releases/releases";
import { REL_READ } from "@landfall/schema/scope";
import { and, desc, eq, isNotNull, type SQL } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { withinReach } from "../../access/project-reach.ts";
import { AppError } from "../../kernel/app-error.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { isLinkedTo, linksOfRelease } from "../../records/releases.ts";
import { onlyProject } from "../../records/projects.ts";
import { describeReleases } from "./describe.ts";
import { inStatus, type ReleaseFilter, resolveReleaseFilter, semverOrder } from "./filter.ts";

const SESSION_SORTS = new Set(["crash_free_sessions", "crash_free_users", "sessions", "users", "sessions_24h", "users_24h"]);

/**
 * Returns a page of the organization's releases (contract 15). Defaults: the caller's own projects, open releases, newest created first.
 *
 * @throws `invalid` with the text of the wire for an invalid query, sort, status, or period
 */
export const listReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListReleasesInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<ReleaseView>> => {
    const flatten = input.flatten ?? false;
    if (SESSION_SORTS.has(input.sort) && !flatten) {
      throw new AppError("invalid", "sorting by crash statistics requires flattening (flatten=1)");
    }
    const window = offsetWindow(input);
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { items: [], previous: null, next: null };
    const rows = await selectByOffset(db, { ...filter, status: input.status, sort: input.sort, flatten }, window);
    const { items, ...links } = offsetPage(window, rows);
    const views = await describeReleases(db, [...new Map(items.map(({ release }) => [release.id, release])).values()], {
      access,
      health: input.health ?? false,
      adoptionStages: input.adoptionStages ?? false,
    });
    const byId = new Map(views.map((view) => [view.id, view]));
    return { items: items.flatMap(({ release, projectId }) => inProject(byId.get(release.id), projectId)), ...links };
  },
});

/** In a flat list, a row counts only the new issues of its project. */
function inProject(view: ReleaseView | undefined, projectId: number | null): ReleaseView[] {
  if (!view) return [];
  if (projectId === null) return [view];
  return [{ ...view, newGroups: view.projects.find((project) => project.id === projectId)?.newGroups ?? 0 }];
}

/** Returns version and date of open and archived releases, newest first, 1000 per page (contract 10.2). */
export const listReleaseStats = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListReleaseStatsInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<ReleaseStatView>> => {
    const window = offsetWindow(input, { usual: 1000, most: 1000 });
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { items: [], previous: null, next: null };
    const rows = await selectByOffset(db, { ...filter, status: "", sort: "date", flatten: false }, window);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map(({ release }) => ({ version: release.version, date: instant(release.dateCreated) })), ...links };
  },
});

type Selection = ReleaseFilter & {
  readonly status: "open" | "archived" | "";
  readonly sort: ReleaseSort;
  /** One row per release and project instead of one per release. */
  readonly flatten: boolean;
};

export type SelectedRelease = { readonly release: ReleaseRow; /** Null unless the list is flat. */ readonly projectId: number | null };

/** Returns the rows of a page by offset, in the order of the list (contract 15.1, 15.2). */
async function selectByOffset(
  db: Reader,
  selection: Selection,
  { limit, offset }: { limit: number; offset: number },
): Promise<SelectedRelease[]> {
  const { selected, flatten } = selection;
  const project = onlyProject(selected);
  if (project !== null && selection.sort === "date") return selectOfOneProject(db, selection, project, { limit, offset });
  const { releases, releaseProjects } = db.tables;
  const isSelected = withinReach(releaseProjects.projectId, selected);
  const order = orderOf(db, selection.sort);
  const where = and(selection.where, inStatus(releases.isArchived, selection.status), order.where);
  if (flatten) {
    return db
      .select({ release: releases, projectId: releaseProjects.projectId })
      .from(releases)
      .innerJoin(releaseProjects, linksOfRelease(db, isSelected))
      .where(where)
      .orderBy(...order.orderBy, releaseProjects.id)
      .limit(limit)
      .offset(offset);
  }
  const rows = await db
    .select()
    .from(releases)
    .where(and(where, isLinkedTo(db, isSelected)))
    .orderBy(...order.orderBy)
    .limit(limit)
    .offset(offset);
  return rows.map((release) => ({ release, projectId: null }));
}

/** Reads the releases of one project by the index of that project, so that the cost does not depend on the rest of the organization. */
async function selectOfOneProject(
  db: Reader,
  { where, status, flatten }: Selection,
  projectId: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<SelectedRelease[]> {
  const { releases, releaseProjects } = db.tables;
  const rows = await db
    .select({ release: releases })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .where(and(eq(releaseProjects.projectId, projectId), inStatus(releaseProjects.isArchived, status), where))
    .orderBy(desc(releaseProjects.dateCreated), desc(releaseProjects.releaseId))
    .limit(limit)
    .offset(offset);
  return rows.map(({ release }) => ({ release, projectId: flatten ? projectId : null }));
}

/** The condition and columns of an order. No sessions are received, so orders by adoption or crashes are newest first (contract 15.1). */
function orderOf(db: Reader, sort: ReleaseSort): { where: SQL | undefined; orderBy: SQL[] } {
  const { releases } = db.tables;
  if (sort === "semver") return { where: undefined, orderBy: semverOrder(db) };
  if (sort === "build") return { where: isNotNull(releases.buildNumber), orderBy: [desc(releases.buildNumber), desc(releases.id)] };
  return { where: undefined, orderBy: [desc(releases.dateCreated), desc(releases.id)] };
}
