import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import type { ReleaseBriefView } from "@landfall/schema/brief";
import { and, type Column, desc, eq, gte, lte, sql } from "drizzle-orm";
import { preparedWithinReach, type ProjectReach, releaseWithinReach } from "../../access/project-reach.ts";
import { briefRelease } from "../../records/briefs.ts";

/** Releases of the period that are read, newest first. */
export const MAX_SCANNED = 1000;

/** The number of releases of a kind, among the newest 1000 of a period, and the newest of them. */
export type Newest = { count: number; isCapped: boolean; items: ReleaseBriefView[] };

export type Period = {
  readonly organizationId: number;
  readonly reach: ProjectReach;
  readonly from: Date;
  readonly to: Date;
  readonly limit: number;
};

/** Returns the releases within reach that were created in a period, including both ends. One query. */
export async function findReleases(db: Reader, { reach, ...period }: Period): Promise<Newest> {
  const rows = await selectNewest(db, reach, period);
  const [{ found, scanned } = { found: 0, scanned: 0 }] = rows;
  return { count: found, isCapped: scanned === MAX_SCANNED, items: rows.flatMap((row) => (row.matches ? briefRelease(row) : [])) };
}

/** Matching releases come first. The counts are on every row, so there is a row with counts even if no release matches. */
const selectNewest = preparedWithinReach((db, reach, param: Omit<Period, "reach">) => {
  const scanned = newestOfPeriod(db, param, { onlyOpen: false });
  const isMatch = sql<number>`case when ${releaseWithinReach(db, scanned.id, reach)} then 1 else 0 end`;
  const evaluated = db
    .select({ ...briefColumns(scanned), matches: isMatch.mapWith(Number).as("matches") })
    .from(scanned)
    .as("evaluated");
  return db
    .select({
      ...briefColumns(evaluated),
      matches: sql<boolean>`${evaluated.matches}`.mapWith((value: unknown) => Number(value) === 1),
      found: sql<number>`sum(${evaluated.matches}) over ()`.mapWith(Number),
      scanned: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(evaluated)
    .orderBy(sql`${evaluated.matches} desc`, sql`${evaluated.dateCreated} desc`, sql`${evaluated.id} desc`)
    .limit(param.limit)
    .prepare();
});

/** The newest 1000 releases of a period, including both ends. */
export function newestOfPeriod(
  db: Reader,
  param: { readonly organizationId: number; readonly from: Date; readonly to: Date },
  { onlyOpen }: { readonly onlyOpen: boolean },
) {
  const { releases } = db.tables;
  const encoded = (date: Date) => sql.param(date, releases.dateCreated);
  return db
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
    .as("scanned");
}

type BriefColumn = keyof Pick<ReleaseRow, "id" | "version" | "isArchived" | "dateCreated" | "dateReleased" | "commitCount" | "deployCount">;

export function briefColumns<T extends Record<BriefColumn, Column>>(from: T): Pick<T, BriefColumn> {
  const { id, version, isArchived, dateCreated, dateReleased, commitCount, deployCount } = from;
  return { id, version, isArchived, dateCreated, dateReleased, commitCount, deployCount };
}
