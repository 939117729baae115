import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { BrowseSort } from "@landfall/schema/browse-sorts";
import type { Page } from "@landfall/schema/views/page";
import { and, asc, type Column, desc, eq, exists, type SQL, sql } from "drizzle-orm";
import type { ReleaseFilter } from "../list/release-filter.ts";
import { type PageRequest, readCursor, readPerPage } from "../../pagination/page-request.ts";
import { beyondRow, highestFirst, newestFirst, type ListSection } from "./browse-order.ts";
import { withinReach } from "../../access/within-reach.ts";

/** Which releases, in which order. */
export type PageFilter = ReleaseFilter & {
  readonly organizationId: number;
  readonly status: "open" | "archived" | "";
  readonly sort: BrowseSort;
};

/**
 * A page of releases. A cursor names the release a page ended at, so that what comes or goes meanwhile moves nothing; when that release
 * itself is gone, or the way back has reached the start, it is the first page. Throws `invalid` for a bad `per_page` or cursor.
 */
export async function readPage(db: Reader, browsed: PageFilter, request: PageRequest): Promise<Page<ReleaseRow>> {
  const size = readPerPage(request);
  const cursor = readCursor(request);
  const [from] = cursor === null ? [] : await findRow(db, browsed.organizationId, cursor.offset);
  const list = browsed.sort === "date" ? newestFirst(db, onlyProject(browsed) !== null) : highestFirst(db, browsed.sort);
  const at = from ? list.findIndex((stretch) => stretch.has(from)) : -1;
  if (cursor?.isPrevious && from && at !== -1) {
    const before = await readRows(db, browsed, list.slice(0, at + 1).toReversed(), { from, backwards: true, limit: size + 1 });
    if (before.length > size) return pageOf(before.slice(0, size).toReversed(), { previous: true, next: true });
  }
  const isFirst = !from || at === -1 || (cursor?.isPrevious ?? false);
  const rows = isFirst
    ? await readRows(db, browsed, list, { from: null, backwards: false, limit: size + 1 })
    : await readRows(db, browsed, list.slice(at), { from, backwards: false, limit: size + 1 });
  return pageOf(rows.slice(0, size), { previous: !isFirst, next: rows.length > size });
}

function pageOf(items: ReleaseRow[], has: { readonly previous: boolean; readonly next: boolean }): Page<ReleaseRow> {
  return {
    items,
    previous: { cursor: `0:${items.at(0)?.id ?? 0}:1`, hasResults: has.previous },
    next: { cursor: `0:${items.at(-1)?.id ?? 0}:0`, hasResults: has.next },
  };
}

type Walk = { readonly from: ReleaseRow | null; readonly backwards: boolean; readonly limit: number };

/** Walks the parts of a list in the order given, the first of them from a release on. */
async function readRows(db: Reader, browsed: PageFilter, list: readonly ListSection[], { from, backwards, limit }: Walk): Promise<ReleaseRow[]> {
  const rows: ReleaseRow[] = [];
  for (const [index, stretch] of list.entries()) {
    const beyond = index === 0 && from ? beyondRow(stretch, from, backwards) : undefined;
    rows.push(...(await select(db, browsed, stretch, { beyond, backwards, limit: limit - rows.length })));
    if (rows.length === limit) break;
  }
  return rows;
}

/** The one project wanted, if there is just one. */
function onlyProject({ selected }: PageFilter): number | null {
  const [first, ...others] = selected.all ? [] : selected.ids;
  return first === undefined || others.length > 0 ? null : first;
}

type Selection = { readonly beyond: SQL | undefined; readonly backwards: boolean; readonly limit: number };

async function select(db: Reader, browsed: PageFilter, stretch: ListSection, { beyond, backwards, limit }: Selection): Promise<ReleaseRow[]> {
  const { releases, releaseProjects: links } = db.tables;
  const { selected, status, sort } = browsed;
  const where = and(browsed.where, stretch.where, beyond);
  const orderBy = stretch.orderBy.map((column) => (backwards ? asc(column) : desc(column)));
  const inState = (column: Column) => (status === "" ? undefined : eq(column, status === "archived"));
  const project = onlyProject(browsed);
  if (sort === "date" && project !== null) {
    // One project's releases are read along that project's own index: the rest of the organization costs nothing.
    const rows = await db
      .select({ release: releases })
      .from(links)
      .innerJoin(releases, eq(releases.id, links.releaseId))
      .where(and(eq(links.projectId, project), inState(links.isArchived), where))
      .orderBy(...orderBy)
      .limit(limit);
    return rows.map(({ release }) => release);
  }
  const inProjects = withinReach(links.projectId, selected);
  const linked = db
    .select({ one: sql`1` })
    .from(links)
    .where(and(eq(links.releaseId, releases.id), inProjects));
  return db
    .select()
    .from(releases)
    .where(and(where, inState(releases.isArchived), exists(linked)))
    .orderBy(...orderBy)
    .limit(limit);
}

async function findRow(db: Reader, organizationId: number, id: number): Promise<ReleaseRow[]> {
  const { releases } = db.tables;
  if (id < 1 || id > 2_147_483_647) return [];
  return db
    .select()
    .from(releases)
    .where(and(eq(releases.id, id), eq(releases.organizationId, organizationId)));
}
