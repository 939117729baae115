import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { BrowseSort } from "@landfall/schema/browse-sorts";
import { and, type Column, isNotNull, isNull, type SQL, sql } from "drizzle-orm";

/** A part of a list with an index of its own: all releases of one part come before those of the next. Every order is downwards. */
export type ListSection = {
  readonly where: SQL | undefined;
  readonly orderBy: readonly Column[];
  /** Whether a release belongs here. */
  readonly has: (row: ReleaseRow) => boolean;
  /** The columns that tell two releases of this part apart, in order, and their values in a release. None of them is null here. */
  readonly key: readonly { readonly column: Column; readonly of: (row: ReleaseRow) => unknown }[];
};

/** The newest created first; in `ofLinks`, by what the links of releases to projects repeat of them. */
export function newestFirst({ tables: { releases, releaseProjects } }: Reader, ofLinks: boolean): readonly ListSection[] {
  const date = ofLinks ? releaseProjects.dateCreated : releases.dateCreated;
  const id = ofLinks ? releaseProjects.releaseId : releases.id;
  const key = [
    { column: date, of: (row: ReleaseRow) => row.dateCreated },
    { column: id, of: (row: ReleaseRow) => row.id },
  ];
  return [{ where: undefined, orderBy: [date, id], has: () => true, key }];
}

/** By number, the highest first: by version, and then what has none by date (contract 13.3); or by build, what has none left out. */
export function highestFirst({ tables: { releases: t } }: Reader, sort: Exclude<BrowseSort, "date">): readonly ListSection[] {
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
export function beyondRow({ key }: ListSection, row: ReleaseRow, backwards: boolean): SQL {
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
