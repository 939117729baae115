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
import { and, asc, type Column, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { withinReach } from "../../access/project-reach.ts";
import { query } from "../../kernel/operation.ts";
import { type PageRequest, readCursor, readPerPage } from "../../kernel/page-request.ts";
import { isLinkedTo, SEMVER_KEY_COLUMNS } from "../../records/releases.ts";
import { onlyProject } from "../../records/projects.ts";
import { describeLines } from "./describe-lines.ts";
import { inStatus, type ReleaseFilter, resolveReleaseFilter } from "./filter.ts";

/**
 * Returns a page of the organization's releases in one line each, with the same filters and errors as the list of the wire (contract 15.1,
 * 15.3), and with all environments of each release. The cost does not depend on the depth of the page, and new releases do not shift it.
 * Without projects within reach there are no links to other pages.
 */
export const browseReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: BrowseReleasesInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<ReleaseLineView>> => {
    readPerPage(input);
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { items: [], previous: null, next: null };
    const { status, sort } = input;
    const { items, ...links } = await selectByKeyset(db, { ...filter, organizationId: access.organization.id, status, sort }, input);
    return { items: await describeLines(db, access, items), ...links };
  },
});

/** The count stops here, because an exact number is not worth reading more rows. */
const MAX_COUNTED = 1000;

/** Returns the number of releases of a list with the filters and errors of `browseReleases`, up to 1000. */
export const countReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: CountReleasesInput,
  run: async ({ db, at: { access }, now }, input): Promise<ReleaseCountView> => {
    const filter = await resolveReleaseFilter(db, access, input, now);
    if (filter === null) return { count: 0, isCapped: false };
    const { releases, releaseProjects } = db.tables;
    const { selected, where } = filter;
    const isSelected = isLinkedTo(db, withinReach(releaseProjects.projectId, selected));
    const rows = await db
      .select({ id: releases.id })
      .from(releases)
      .where(and(where, inStatus(releases.isArchived, input.status), isSelected))
      .limit(MAX_COUNTED + 1);
    return { count: Math.min(rows.length, MAX_COUNTED), isCapped: rows.length > MAX_COUNTED };
  },
});

/** The releases of a list and their order. */
export type KeysetFilter = ReleaseFilter & {
  readonly organizationId: number;
  readonly status: "open" | "archived" | "";
  readonly sort: BrowseSort;
};

/**
 * Returns a page by keyset. A cursor contains the id of the release at the end of a page, so that new and deleted releases do not shift the
 * list. If that release was deleted, or the previous page is incomplete, the result is the first page.
 *
 * @throws `invalid` for an invalid `per_page` or cursor
 */
export async function selectByKeyset(db: Reader, filter: KeysetFilter, request: PageRequest): Promise<Page<ReleaseRow>> {
  const size = readPerPage(request);
  const cursor = readCursor(request);
  const [from] = cursor === null ? [] : await findRow(db, filter.organizationId, cursor.offset);
  const list = filter.sort === "date" ? newestFirst(db, onlyProject(filter.selected) !== null) : highestFirst(db, filter.sort);
  const at = from ? list.findIndex((section) => section.has(from)) : -1;
  if (cursor?.isPrevious && from && at !== -1) {
    const before = await readRows(db, filter, list.slice(0, at + 1).toReversed(), { from, backwards: true, limit: size + 1 });
    if (before.length > size) return pageOf(before.slice(0, size).toReversed(), { previous: true, next: true });
  }
  const isFirst = !from || at === -1 || (cursor?.isPrevious ?? false);
  const rows = isFirst
    ? await readRows(db, filter, list, { from: null, backwards: false, limit: size + 1 })
    : await readRows(db, filter, list.slice(at), { from, backwards: false, limit: size + 1 });
  return pageOf(rows.slice(0, size), { previous: !isFirst, next: rows.length > size });
}

function pageOf(items: ReleaseRow[], has: { readonly previous: boolean; readonly next: boolean }): Page<ReleaseRow> {
  return {
    items,
    previous: { cursor: `0:${items.at(0)?.id ?? 0}:1`, hasResults: has.previous },
    next: { cursor: `0:${items.at(-1)?.id ?? 0}:0`, hasResults: has.next },
  };
}

type Range = { readonly from: ReleaseRow | null; readonly backwards: boolean; readonly limit: number };

/** Reads the sections of a list in the order given, the first one from a release on. */
async function readRows(
  db: Reader,
  filter: KeysetFilter,
  list: readonly ListSection[],
  { from, backwards, limit }: Range,
): Promise<ReleaseRow[]> {
  const rows: ReleaseRow[] = [];
  for (const [index, section] of list.entries()) {
    const bound = index === 0 && from ? boundAt(section, from, backwards) : undefined;
    rows.push(...(await selectSection(db, filter, section, { bound, backwards, limit: limit - rows.length })));
    if (rows.length === limit) break;
  }
  return rows;
}

type Selection = { readonly bound: SQL | undefined; readonly backwards: boolean; readonly limit: number };

async function selectSection(
  db: Reader,
  filter: KeysetFilter,
  section: ListSection,
  { bound, backwards, limit }: Selection,
): Promise<ReleaseRow[]> {
  const { releases, releaseProjects: links } = db.tables;
  const { selected, status, sort } = filter;
  const where = and(filter.where, section.where, bound);
  const orderBy = section.orderBy.map((column) => (backwards ? asc(column) : desc(column)));
  const project = onlyProject(filter.selected);
  if (sort === "date" && project !== null) {
    // By the index of the project, so that the cost does not depend on the rest of the organization.
    const rows = await db
      .select({ release: releases })
      .from(links)
      .innerJoin(releases, eq(releases.id, links.releaseId))
      .where(and(eq(links.projectId, project), inStatus(links.isArchived, status), where))
      .orderBy(...orderBy)
      .limit(limit);
    return rows.map(({ release }) => release);
  }
  const isSelected = isLinkedTo(db, withinReach(links.projectId, selected));
  return db
    .select()
    .from(releases)
    .where(and(where, inStatus(releases.isArchived, status), isSelected))
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

/** A section of a list that has its own index: all releases of one section precede those of the next. All columns are in descending order. */
type ListSection = {
  readonly where: SQL | undefined;
  readonly orderBy: readonly Column[];
  /** Whether a release is in this section. */
  readonly has: (row: ReleaseRow) => boolean;
  /** The columns that order the section, and their values in a release. None of them is null in this section. */
  readonly key: readonly { readonly column: Column; readonly of: (row: ReleaseRow) => unknown }[];
};

/** Newest created first. With `byLinks`, by the columns that the project links copy from releases. */
function newestFirst({ tables: { releases, releaseProjects } }: Reader, byLinks: boolean): readonly ListSection[] {
  const date = byLinks ? releaseProjects.dateCreated : releases.dateCreated;
  const id = byLinks ? releaseProjects.releaseId : releases.id;
  const key = [
    { column: date, of: (row: ReleaseRow) => row.dateCreated },
    { column: id, of: (row: ReleaseRow) => row.id },
  ];
  return [{ where: undefined, orderBy: [date, id], has: () => true, key }];
}

/** Highest first: by version, followed by releases without one by date (contract 13.3); or by build number, without releases that have none. */
function highestFirst({ tables: { releases: t } }: Reader, sort: Exclude<BrowseSort, "date">): readonly ListSection[] {
  const created = { column: t.dateCreated, of: (row: ReleaseRow) => row.dateCreated };
  const id = { column: t.id, of: (row: ReleaseRow) => row.id };
  if (sort === "build") {
    const number = { column: t.buildNumber, of: (row: ReleaseRow) => row.buildNumber };
    return [{ where: isNotNull(t.buildNumber), orderBy: [t.buildNumber, t.id], has: (row) => row.buildNumber !== null, key: [number, id] }];
  }
  const parts = SEMVER_KEY_COLUMNS.map((name) => ({
    column: t[name],
    of: (row: ReleaseRow) => row[name],
  }));
  const orderBy = [...parts.map(({ column }) => column), t.dateCreated, t.id];
  return [
    { where: isNotNull(t.major), orderBy, has: (row) => row.major !== null, key: [...parts, created, id] },
    // All columns are null for a release that is not semver. With a condition on each, the database uses the same index.
    { where: and(...parts.map(({ column }) => isNull(column))), orderBy, has: (row) => row.major === null, key: [created, id] },
  ];
}

/** Returns the condition for the releases after `row` in a section, or before it. */
function boundAt({ key }: ListSection, row: ReleaseRow, backwards: boolean): SQL {
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
