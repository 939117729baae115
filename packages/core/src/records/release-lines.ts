import { anyOf, integerRows, literalLimit } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { splitPackage } from "@landfall/domain/versions/grammar";
import { isLowerVersion, releaseHistory, type VersionOrder, versionOrder } from "@landfall/domain/versions/release-history";
import { aliasedTable, and, asc, type Column, desc, eq, type SQL, sql } from "drizzle-orm";

/** The releases of a project, of all packages, that are read backwards from one release, and for all lines of a query. */
const MAX_LINE_RELEASES = 5000;

/** A release of a line: the releases of one package in a project. */
export type LineRelease = Pick<ReleaseRow, "id" | "version" | "commitCount"> & { readonly order: VersionOrder | null };

/** The releases of a line up to one of them, oldest first. */
export type Line = {
  readonly releases: readonly LineRelease[];
  /** Whether there are older releases in the project, of any package, that were not read. */
  readonly isCut: boolean;
};

/** The last release of a line in a project. */
export type LineEnd = { readonly projectId: number; readonly release: Pick<ReleaseRow, "id" | "version"> };

/** Returns the package of a release, also of a version without an order such as a hash; null if it has none. */
export const packageOf = ({ version }: Pick<ReleaseRow, "version">): string | null => splitPackage(version).package;

/** `packageOf` in SQL, of a column with a version. */
export function packageInSql({ dialect }: Reader, version: Column): SQL {
  const rest = sql`substr(${version}, 2)`;
  const end = dialect === "sqlite" ? sql`instr(${rest}, '@')` : sql`strpos(${rest}, '@')`;
  return sql`case when ${version} not like '@@%' and ${end} between 1 and length(${version}) - 2 then substr(${version}, 1, ${end}) end`;
}

/** The columns that order a release among others. */
type Ordered = Pick<ReleaseRow, "id" | "version" | "dateEffective">;

/** Compares two releases by the date they were released or, if not released, created, then by id. Negative if `a` is older. */
export const compareAge = (a: Omit<Ordered, "version">, b: Omit<Ordered, "version">): number =>
  a.dateEffective.getTime() - b.dateEffective.getTime() || a.id - b.id;

/**
 * Compares two releases: negative if `a` is the older one. Versions of one package are compared as in histories, so that a hotfix of an old
 * line is older than the new line, even if it was released later. All others are compared by `compareAge`.
 */
export function compareByHistory(a: Ordered, b: Ordered): number {
  if (packageOf(a) === packageOf(b)) {
    const [order, other] = [versionOrder(a.version), versionOrder(b.version)];
    if (isLowerVersion(order, other)) return -1;
    if (isLowerVersion(other, order)) return 1;
  }
  return compareAge(a, b);
}

/**
 * Returns the lines that end at some releases, in the order given, by (dateEffective, id). Of all lines together, about `most` releases are
 * read, of any package: as many for each of them. At most one query.
 */
export async function findLines(db: Reader, ends: readonly LineEnd[], most = MAX_LINE_RELEASES): Promise<Line[]> {
  if (ends.length === 0) return [];
  const limit = Math.ceil(most / ends.length);
  const rows = Map.groupBy(await selectLines(db, ends, limit), (row) => row.line);
  return ends.map(({ release }, index) => {
    const found = rows.get(index) ?? [];
    const name = packageOf(release);
    return { releases: found.flatMap((row) => (packageOf(row) === name ? lineReleaseOf(row) : [])), isCut: found.length === limit };
  });
}

/** Returns the newest releases up to the end of each line, oldest first. Lines are numbered from 0. */
function selectLines(db: Reader, ends: readonly LineEnd[], limit: number) {
  const { releases, releaseProjects } = db.tables;
  const end = aliasedTable(releaseProjects, "line_end");
  const link = aliasedTable(releaseProjects, "link");
  const newest = db
    .select({ id: releaseProjects.id })
    .from(releaseProjects)
    .where(
      and(
        eq(releaseProjects.projectId, end.projectId),
        sql`(${releaseProjects.dateEffective}, ${releaseProjects.releaseId}) <= (${end.dateEffective}, ${end.releaseId})`,
      ),
    )
    .orderBy(desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId))
    .limit(limit);
  const values = ends.map(({ projectId, release }, index) => [index, projectId, release.id]);
  // For a plain list, PostgreSQL would read the whole table.
  const isNewest = db.dialect === "sqlite" ? sql`${link.id} in ${newest}` : sql`${link.id} = any(array${newest})`;
  return db
    .select({
      line: sql<number>`ends.column1`.mapWith(Number),
      id: releases.id,
      version: releases.version,
      commitCount: releases.commitCount,
    })
    .from(integerRows(values, "ends"))
    .innerJoin(end, and(eq(end.projectId, sql`ends.column2`), eq(end.releaseId, sql`ends.column3`)))
    .innerJoin(link, isNewest)
    .innerJoin(releases, eq(releases.id, link.releaseId))
    .orderBy(sql`ends.column1`, asc(link.dateEffective), asc(link.releaseId));
}

const lineReleaseOf = ({ id, version, commitCount }: Pick<ReleaseRow, "id" | "version" | "commitCount">): LineRelease => ({
  id,
  version,
  commitCount,
  order: versionOrder(version),
});

/** The releases of a project, of all packages, that are read in each direction to find the neighbors of one. */
const MAX_BESIDE = 500;

/**
 * Returns the releases of the same package in a project beside a release, in the order of histories: `previous` is the last one that its
 * history contains before itself, and `next` the first later one that is not lower. Null if there is none. 500 releases of the project are
 * read in each direction, with two queries.
 */
export async function findBeside(db: Reader, projectId: number, release: ReleaseRow): Promise<Record<"previous" | "next", string | null>> {
  const [line] = await findLines(db, [{ projectId, release }], MAX_BESIDE);
  const self = line?.releases.at(-1);
  const order = versionOrder(release.version);
  const later = await selectLater(db, { projectId, date: release.dateEffective, id: release.id });
  const next = later.find((row) => packageOf(row) === packageOf(release) && !isLowerVersion(versionOrder(row.version), order));
  const previous = line && self ? releaseHistory(line.releases, self).at(-2) : undefined;
  return { previous: previous?.version ?? null, next: next?.version ?? null };
}

const selectLater = prepared((db: Reader, param: { projectId: number; date: Date; id: number }) => {
  const { releases, releaseProjects } = db.tables;
  const { projectId, dateEffective, releaseId } = releaseProjects;
  return db
    .select({ version: releases.version })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseId))
    .where(
      and(eq(projectId, param.projectId), sql`(${dateEffective}, ${releaseId}) > (${sql.param(param.date, dateEffective)}, ${param.id})`),
    )
    .orderBy(asc(dateEffective), asc(releaseId))
    .limit(literalLimit(MAX_BESIDE))
    .prepare();
});

/** The releases that are in only one of two histories, newest first. */
export type HistoryDifference = {
  readonly added: readonly LineRelease[];
  readonly missing: readonly LineRelease[];
  /** The ids of the releases of both histories, as far as they were read. */
  readonly baseIds: readonly number[];
  readonly headIds: readonly number[];
  readonly lastCommonId: number | null;
  /** Whether the histories part before the releases that were read. */
  readonly isCapped: boolean;
};

/** Two releases of one package in a project. */
export type ReleasePair = { readonly projectId: number; readonly base: ReleaseRow; readonly head: ReleaseRow };

/** Returns the end of the line that contains both releases: the newer one by (dateEffective, id). */
export const endOfPair = ({ projectId, base, head }: ReleasePair): LineEnd => ({
  projectId,
  release: compareAge(base, head) < 0 ? head : base,
});

/** Compares the histories of two releases (see `releaseHistory`), as `compareInLine`. One query. */
export async function compareHistories(db: Reader, pair: ReleasePair): Promise<HistoryDifference> {
  const [line = { releases: [], isCut: false }] = await findLines(db, [endOfPair(pair)]);
  return compareInLine(line, pair);
}

/** Compares the histories of two releases in the line that ends at the newer one. */
export function compareInLine({ releases, isCut }: Line, { base, head }: ReleasePair): HistoryDifference {
  const older = compareAge(base, head) < 0 ? base : head;
  // Older than all releases that were read.
  const isOutside = !releases.some(({ id }) => id === older.id);
  const line = isOutside ? [lineReleaseOf(older), ...releases] : releases;
  const historyOf = ({ id }: ReleaseRow) => {
    const release = line.find((one) => one.id === id);
    return release ? releaseHistory(line, release) : [];
  };
  const [ofBase, ofHead] = [historyOf(base), historyOf(head)];
  const [inBase, inHead] = [new Set(ofBase), new Set(ofHead)];
  const first = line.find((one) => inBase.has(one) || inHead.has(one));
  const isFirstCommon = first !== undefined && inBase.has(first) && inHead.has(first);
  return {
    added: ofHead.filter((one) => !inBase.has(one)).toReversed(),
    missing: ofBase.filter((one) => !inHead.has(one)).toReversed(),
    baseIds: ofBase.map(({ id }) => id),
    headIds: ofHead.map(({ id }) => id),
    lastCommonId: ofHead.findLast((one) => inBase.has(one))?.id ?? null,
    isCapped: isCut && (isOutside || !isFirstCommon),
  };
}

/** Returns releases by id, in the order of the ids. At most one query. */
export async function findReleasesInOrder(db: Reader, ids: readonly number[]): Promise<ReleaseRow[]> {
  if (ids.length === 0) return [];
  const found = new Map((await selectReleases(db, { ids })).map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

const selectReleases = prepared((db: Reader, param: { ids: readonly number[] }) =>
  db.select().from(db.tables.releases).where(anyOf(db.tables.releases.id, param.ids)).prepare(),
);

/** Returns the packages of releases, by id. At most one query. */
export async function findPackages(db: Reader, releaseIds: Iterable<number>): Promise<ReadonlyMap<number, string | null>> {
  const ids = [...new Set(releaseIds)];
  const rows = ids.length === 0 ? [] : await selectVersions(db, { ids });
  return new Map(rows.map((row) => [row.id, packageOf(row)]));
}

const selectVersions = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { id, version } = db.tables.releases;
  return db.select({ id, version }).from(db.tables.releases).where(anyOf(id, param.ids)).prepare();
});
