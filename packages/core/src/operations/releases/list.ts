import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import type { Page } from "@landfall/schema/page";
import { ListReleasesInput, ListReleaseStatsInput } from "@landfall/schema/releases/release-list";
import type { ReleaseSort, ReleaseStatView, ReleaseView } from "@landfall/schema/releases/releases";
import { REL_READ } from "@landfall/schema/scope";
import { and, desc, eq, exists, isNotNull, type SQL, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { withinReach } from "../../access/project-reach.ts";
import { AppError } from "../../kernel/app-error.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeReleases } from "./describe.ts";
import { type ReleaseFilter, resolveReleaseFilter, semverOrder } from "./filter.ts";

const BY_CRASHES = new Set(["crash_free_sessions", "crash_free_users", "sessions", "users", "sessions_24h", "users_24h"]);

/**
 * The organization's releases, a page at a time (contract 15): of the caller's own projects unless others are named, the open ones
 * unless told otherwise, the newest created first. Throws `invalid` with the wire's text for a bad query, sort, state or period.
 */
export const listReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListReleasesInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<ReleaseView>> => {
    const flatten = input.flatten ?? false;
    if (BY_CRASHES.has(input.sort) && !flatten) {
      throw new AppError("invalid", "sorting by crash statistics requires flattening (flatten=1)");
    }
    const window = offsetWindow(input);
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { items: [], previous: null, next: null };
    const rows = await selectReleases(db, { ...filter, status: input.status, sort: input.sort, flatten }, window);
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

/** In a flat list a row counts the new issues of its own project only. */
function inProject(view: ReleaseView | undefined, projectId: number | null): ReleaseView[] {
  if (!view) return [];
  if (projectId === null) return [view];
  return [{ ...view, newGroups: view.projects.find((project) => project.id === projectId)?.newGroups ?? 0 }];
}

/** Version and date of the releases, open and archived, the newest first, 1000 a page (contract 10.2). */
export const listReleaseStats = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListReleaseStatsInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<ReleaseStatView>> => {
    const window = offsetWindow(input, { usual: 1000, most: 1000 });
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { items: [], previous: null, next: null };
    const rows = await selectReleases(db, { ...filter, status: "", sort: "date", flatten: false }, window);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map(({ release }) => ({ version: release.version, date: instant(release.dateCreated) })), ...links };
  },
});

type Selection = ReleaseFilter & {
  readonly status: "open" | "archived" | "";
  readonly sort: ReleaseSort;
  /** One row for each release and project instead of one for each release. */
  readonly flatten: boolean;
};

export type SelectedRelease = { readonly release: ReleaseRow; /** Set when the list is flat. */ readonly projectId: number | null };

/** The rows of a page, in the list's order (contract 15.1, 15.2). */
async function selectReleases(
  db: Reader,
  selection: Selection,
  { limit, offset }: { limit: number; offset: number },
): Promise<SelectedRelease[]> {
  const { selected, flatten } = selection;
  const [onlyProject] = !selected.all && selected.ids.size === 1 ? selected.ids : [];
  if (onlyProject !== undefined && selection.sort === "date") return selectOfOneProject(db, selection, onlyProject, { limit, offset });
  const { releases, releaseProjects } = db.tables;
  const inProjects = withinReach(releaseProjects.projectId, selected);
  const linked = and(eq(releaseProjects.releaseId, releases.id), inProjects);
  const where = and(selection.where, inState(db, selection.status), sorted(db, selection.sort).where);
  if (flatten) {
    return db
      .select({ release: releases, projectId: releaseProjects.projectId })
      .from(releases)
      .innerJoin(releaseProjects, linked)
      .where(where)
      .orderBy(...sorted(db, selection.sort).orderBy, releaseProjects.id)
      .limit(limit)
      .offset(offset);
  }
  const rows = await db
    .select()
    .from(releases)
    .where(
      and(
        where,
        exists(
          db
            .select({ one: sql`1` })
            .from(releaseProjects)
            .where(linked),
        ),
      ),
    )
    .orderBy(...sorted(db, selection.sort).orderBy)
    .limit(limit)
    .offset(offset);
  return rows.map((release) => ({ release, projectId: null }));
}

/** One project's releases are read along that project's own index: the rest of the organization costs nothing. */
async function selectOfOneProject(
  db: Reader,
  { where, status, flatten }: Selection,
  projectId: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<SelectedRelease[]> {
  const { releases, releaseProjects } = db.tables;
  const inStatus = status === "" ? undefined : eq(releaseProjects.isArchived, status === "archived");
  const rows = await db
    .select({ release: releases })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .where(and(eq(releaseProjects.projectId, projectId), inStatus, where))
    .orderBy(desc(releaseProjects.dateCreated), desc(releaseProjects.releaseId))
    .limit(limit)
    .offset(offset);
  return rows.map(({ release }) => ({ release, projectId: flatten ? projectId : null }));
}

const inState = ({ tables: { releases } }: Reader, status: Selection["status"]): SQL | undefined =>
  status === "" ? undefined : eq(releases.isArchived, status === "archived");

/** Without sessions nothing is adopted and nothing crashes: those orders are the newest first (contract 15.1). */
function sorted(db: Reader, sort: ReleaseSort): { where: SQL | undefined; orderBy: SQL[] } {
  const { releases } = db.tables;
  if (sort === "semver") return { where: undefined, orderBy: semverOrder(db) };
  if (sort === "build") return { where: isNotNull(releases.buildNumber), orderBy: [desc(releases.buildNumber), desc(releases.id)] };
  return { where: undefined, orderBy: [desc(releases.dateCreated), desc(releases.id)] };
}
