import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import type { ReleaseBriefView } from "@landfall/schema/brief";
import { and, type Column, desc, eq, gte, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import { type PreparedReach, preparedWithinReach, type ProjectReach, releaseWithinReach } from "../../access/project-reach.ts";
import { briefRelease } from "../../records/briefs.ts";

/** So many releases are looked at, the newest of the period. */
export const MAX_SCANNED = 1000;

/** How many releases of a period are of some kind, among the newest `LOOKED` of it, and the newest of them. */
export type Newest = { count: number; isCapped: boolean; items: ReleaseBriefView[] };

export type Period = {
  readonly organizationId: number;
  readonly reach: ProjectReach;
  readonly from: Date;
  readonly to: Date;
  readonly limit: number;
};

type Columns = Readonly<Record<"dateReleased" | "commitCount" | "deployCount", Column>>;
type Kind = { readonly onlyOpen: boolean; readonly where: (columns: Columns, to: Date) => SQL | undefined };

/** Every release within reach. */
export const findReleases = createFinder({ onlyOpen: false, where: () => undefined });

/** Open releases without a commit. */
export const findWithoutCommits = createFinder({ onlyOpen: true, where: ({ commitCount }) => eq(commitCount, 0) });

/** Open releases that were finalized before the period's end, and deployed nowhere. */
export const findNeverDeployed = createFinder({
  onlyOpen: true,
  where: ({ deployCount, dateReleased }, to) =>
    and(eq(deployCount, 0), isNotNull(dateReleased), lte(dateReleased, sql.param(to, dateReleased))),
});

/** What answers the releases of a kind that were created in a period, both ends included. One query. */
function createFinder(kind: Kind): (db: Reader, period: Period) => Promise<Newest> {
  const select = preparedWithinReach((db, reach, param: Omit<Period, "reach">) => selectNewest(db, kind, reach, param));
  return async (db, { reach, ...period }) => {
    const rows = await select(db, reach, period);
    const [{ found, looked } = { found: 0, looked: 0 }] = rows;
    return { count: found, isCapped: looked === MAX_SCANNED, items: rows.flatMap((row) => (row.passes ? briefRelease(row) : [])) };
  };
}

/** Those that pass come first, so that there is a row to tell the counts even where none does. */
function selectNewest(db: Reader, { onlyOpen, where }: Kind, reach: PreparedReach, param: Omit<Period, "reach">) {
  const { releases } = db.tables;
  const encoded = (date: Date) => sql.param(date, releases.dateCreated);
  const looked = db
    .select(briefColumns(releases))
    .from(releases)
    .where(
      and(
        eq(releases.organizationId, param.organizationId),
        onlyOpen ? eq(releases.isArchived, false) : undefined,
        gte(releases.dateCreated, encoded(param.from)),
        lte(releases.dateCreated, encoded(param.to)),
      ),
    )
    .orderBy(desc(releases.dateCreated), desc(releases.id))
    .limit(MAX_SCANNED)
    .as("looked");
  const passing = sql<number>`case when ${and(where(looked, param.to), releaseWithinReach(db, looked.id, reach))} then 1 else 0 end`;
  const judged = db
    .select({ ...briefColumns(looked), passes: passing.mapWith(Number).as("passes") })
    .from(looked)
    .as("judged");
  return db
    .select({
      ...briefColumns(judged),
      passes: sql<boolean>`${judged.passes}`.mapWith((value: unknown) => Number(value) === 1),
      found: sql<number>`sum(${judged.passes}) over ()`.mapWith(Number),
      looked: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(judged)
    .orderBy(sql`${judged.passes} desc`, sql`${judged.dateCreated} desc`, sql`${judged.id} desc`)
    .limit(param.limit)
    .prepare();
}

type BriefColumn = keyof Pick<ReleaseRow, "id" | "version" | "isArchived" | "dateCreated" | "dateReleased" | "commitCount" | "deployCount">;

function briefColumns<T extends Record<BriefColumn, Column>>(from: T): Pick<T, BriefColumn> {
  const { id, version, isArchived, dateCreated, dateReleased, commitCount, deployCount } = from;
  return { id, version, isArchived, dateCreated, dateReleased, commitCount, deployCount };
}
