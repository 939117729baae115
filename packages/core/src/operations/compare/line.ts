import { anyOf, literalLimit } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { splitPackage } from "@landfall/domain/versions/grammar";
import { releaseHistory, type VersionOrder, versionOrder } from "@landfall/domain/versions/release-history";
import { and, desc, eq, sql } from "drizzle-orm";
import { compareAge } from "../../records/release-distance.ts";

/** The releases of a project, of all packages, that are read backwards from the newer one of two. */
const MAX_LINE_RELEASES = 5000;

/** A release of a package in a project. */
export type LineRelease = { readonly id: number; readonly commitCount: number; readonly order: VersionOrder | null };

/** What only the histories of two releases have, newest release first. */
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

type Sides = { readonly projectId: number; readonly base: ReleaseRow; readonly head: ReleaseRow };

/** Returns the package of a release, also of a version without an order such as a hash; null if it has none. */
export const packageOf = ({ version }: Pick<ReleaseRow, "version">): string | null => splitPackage(version).package;

/**
 * Compares the histories of two releases of one package in a project (see `releaseHistory`): the releases of the package up to the newer of
 * the two, by (dateEffective, id). At most 5,000 releases of the project are read. One query.
 */
export async function compareHistories(db: Reader, { projectId, base, head }: Sides): Promise<HistoryDifference> {
  const [older, newer] = compareAge(base, head) < 0 ? [base, head] : [head, base];
  const rows = await selectReleasesUpTo(db, { projectId, date: newer.dateEffective, id: newer.id });
  const name = packageOf(newer);
  const line: LineRelease[] = [];
  for (const row of rows.toReversed()) if (row.id === newer.id || packageOf(row) === name) line.push(lineReleaseOf(row));
  // Older than everything that was read.
  const isOutside = !line.some(({ id }) => id === older.id);
  if (isOutside) line.unshift(lineReleaseOf(older));
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
    isCapped: rows.length === MAX_LINE_RELEASES && (isOutside || !isFirstCommon),
  };
}

const lineReleaseOf = ({ id, version, commitCount }: Pick<ReleaseRow, "id" | "version" | "commitCount">): LineRelease => ({
  id,
  commitCount,
  order: versionOrder(version),
});

const selectReleasesUpTo = prepared((db: Reader, param: { projectId: number; date: Date; id: number }) => {
  const { releases, releaseProjects } = db.tables;
  const { projectId, dateEffective, releaseId } = releaseProjects;
  const links = db
    .select({ releaseId, dateEffective })
    .from(releaseProjects)
    .where(
      and(eq(projectId, param.projectId), sql`(${dateEffective}, ${releaseId}) <= (${sql.param(param.date, dateEffective)}, ${param.id})`),
    )
    .orderBy(desc(dateEffective), desc(releaseId))
    .limit(literalLimit(MAX_LINE_RELEASES))
    .as("links");
  return db
    .select({ id: releases.id, version: releases.version, commitCount: releases.commitCount })
    .from(links)
    .innerJoin(releases, eq(releases.id, links.releaseId))
    .orderBy(desc(links.dateEffective), desc(links.releaseId))
    .prepare();
});

/** Returns releases by id, in the order of the ids. At most one query. */
export async function findReleasesInOrder(db: Reader, ids: readonly number[]): Promise<ReleaseRow[]> {
  if (ids.length === 0) return [];
  const found = new Map((await selectReleases(db, { ids })).map((row) => [row.id, row]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

const selectReleases = prepared((db: Reader, param: { ids: readonly number[] }) =>
  db.select().from(db.tables.releases).where(anyOf(db.tables.releases.id, param.ids)).prepare(),
);
