import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import type { BrowseSort } from "@landfall/schema/constants";
import type { Page } from "@landfall/schema/page";
import {
  BrowseReleasesInput,
  CountReleasesInput,
  type ReleaseCountView,
  type ReleaseLineView,
} from "@landfall/schema/releases/release-list";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, type Column, desc, eq, exists, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { withinReach } from "../../access/project-reach.ts";
import { query } from "../../kernel/operation.ts";
import { type PageRequest, readCursor, readPerPage } from "../../kernel/page-request.ts";
import { describeLines } from "./describe-lines.ts";
import { type ReleaseFilter, resolveReleaseFilter } from "./filter.ts";

/**
 * The organization's releases as lines for people: filtered, searched and refused as the wire's list (contract 15.1, 15.3), each with
 * all environments it was deployed to. However deep the page, only its own rows are read, and releases that come meanwhile move none.
 * Without projects in reach there are no links to other pages.
 */
export const listReleasesForPages = query({
  scope: REL_READ,
  at: atOrganization,
  input: BrowseReleasesInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<ReleaseLineView>> => {
    readPerPage(input);
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { items: [], previous: null, next: null };
    const { status, sort } = input;
    const { items, ...links } = await readPage(db, { ...filter, organizationId: access.organization.id, status, sort }, input);
    return { items: await describeLines(db, access, items), ...links };
  },
});

/** So far is counted: more would be read for a number nobody needs exactly. */
const MAX_COUNTED = 1000;

/** How many releases a list has, filtered, searched and refused as `browseReleases`; up to 1000. */
export const countReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: CountReleasesInput,
  run: async ({ db, at: { access }, now }, input): Promise<ReleaseCountView> => {
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { count: 0, isCapped: false };
    const { releases, releaseProjects } = db.tables;
    const { selected, where } = filter;
    const inProjects = withinReach(releaseProjects.projectId, selected);
    const linked = db
      .select({ one: sql`1` })
      .from(releaseProjects)
      .where(and(eq(releaseProjects.releaseId, releases.id), inProjects));
    const inState = input.status === "" ? undefined : eq(releases.isArchived, input.status === "archived");
    const rows = await db
      .select({ id: releases.id })
      .from(releases)
      .where(and(where, inState, exists(linked)))
      .limit(MAX_COUNTED + 1);
    return { count: Math.min(rows.length, MAX_COUNTED), isCapped: rows.length > MAX_COUNTED };
  },
});

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
async function readRows(
  db: Reader,
  browsed: PageFilter,
  list: readonly ListSection[],
  { from, backwards, limit }: Walk,
): Promise<ReleaseRow[]> {
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

async function select(
  db: Reader,
  browsed: PageFilter,
  stretch: ListSection,
  { beyond, backwards, limit }: Selection,
): Promise<ReleaseRow[]> {
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

/** A part of a list with an index of its own: all releases of one part come before those of the next. Every order is downwards. */
type ListSection = {
  readonly where: SQL | undefined;
  readonly orderBy: readonly Column[];
  /** Whether a release belongs here. */
  readonly has: (row: ReleaseRow) => boolean;
  /** The columns that tell two releases of this part apart, in order, and their values in a release. None of them is null here. */
  readonly key: readonly { readonly column: Column; readonly of: (row: ReleaseRow) => unknown }[];
};

/** The newest created first; in `ofLinks`, by what the links of releases to projects repeat of them. */
function newestFirst({ tables: { releases, releaseProjects } }: Reader, ofLinks: boolean): readonly ListSection[] {
  const date = ofLinks ? releaseProjects.dateCreated : releases.dateCreated;
  const id = ofLinks ? releaseProjects.releaseId : releases.id;
  const key = [
    { column: date, of: (row: ReleaseRow) => row.dateCreated },
    { column: id, of: (row: ReleaseRow) => row.id },
  ];
  return [{ where: undefined, orderBy: [date, id], has: () => true, key }];
}

/** By number, the highest first: by version, and then what has none by date (contract 13.3); or by build, what has none left out. */
function highestFirst({ tables: { releases: t } }: Reader, sort: Exclude<BrowseSort, "date">): readonly ListSection[] {
  const created = { column: t.dateCreated, of: (row: ReleaseRow) => row.dateCreated };
  const id = { column: t.id, of: (row: ReleaseRow) => row.id };
  if (sort === "build") {
    const number = { column: t.buildNumber, of: (row: ReleaseRow) => row.buildNumber };
    return [{ where: isNotNull(t.buildNumber), orderBy: [t.buildNumber, t.id], has: (row) => row.buildNumber !== null, key: [number, id] }];
  }
  const parts = (["major", "minor", "patch", "revision", "isFinal", "prerelease"] as const).map((name) => ({
    column: t[name],
    of: (row: ReleaseRow) => row[name],
  }));
  const orderBy = [...parts.map(({ column }) => column), t.dateCreated, t.id];
  return [
    { where: isNotNull(t.major), orderBy, has: (row) => row.major !== null, key: [...parts, created, id] },
    // Naming each of them lets the same index answer: what is not semver has none of these.
    { where: and(...parts.map(({ column }) => isNull(column))), orderBy, has: (row) => row.major === null, key: [created, id] },
  ];
}

/** The condition for what comes after `row` in a part of the list, or before it. */
function beyondRow({ key }: ListSection, row: ReleaseRow, backwards: boolean): SQL {
  const columns = sql.join(
    key.map(({ column }) => sql`${column}`),
    sql`, `,
  );
  const values = sql.join(
    key.map(({ column, of }) => sql`${sql.param(of(row), column)}`),
    sql`, `,
  );
  return backwards ? sql`(${columns}) > (${values})` : sql`(${columns}) < (${values})`;
}
