import { WEEK } from "@landfall/domain/durations";
import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import { and, type Column, gte, lt, type SQL, sql } from "drizzle-orm";

/** Whole weeks, from a Monday at midnight UTC, excluding `to`. */
export type WeekSpan = { readonly weeks: number; readonly from: Date; readonly to: Date };

/** A Monday, at midnight in UTC. */
const MONDAY = Date.UTC(2024, 0, 1);

/** Returns the last weeks, including the current one. */
export function lastWeeks(now: Date, weeks: number): WeekSpan {
  const thisWeek = MONDAY + Math.floor((now.getTime() - MONDAY) / WEEK) * WEEK;
  return { weeks, from: new Date(thisWeek - (weeks - 1) * WEEK), to: new Date(thisWeek + WEEK) };
}

/** The count of a week, of which the first is 0; null if the week was not read completely. */
export type Weekly = (week: number) => number | null;

/** Returns the weeks with their counts, the oldest first. */
export const describeWeeks = <Name extends string>({ weeks, from }: WeekSpan, counts: Readonly<Record<Name, Weekly>>) =>
  Array.from({ length: weeks }, (_, week) => ({
    start: instant(new Date(from.getTime() + week * WEEK)),
    ...mapValues(counts, (count) => count(week)),
  }));

/** `Object.fromEntries` does not keep the names of the properties. */
const mapValues = <Name extends string, From, To>(from: Readonly<Record<Name, From>>, map: (value: From) => To) =>
  Object.fromEntries(Object.entries<From>(from).map(([name, value]) => [name, map(value)])) as Record<Name, To>;

/** The rows of a week: how many were read, and how many of these count. */
export type WeekRow = { readonly week: number; readonly scanned: number; readonly counted: number };

/**
 * Returns the counts of rows that were read newest first, `most` at most and one more if there are more. Only the oldest week of the rows, and
 * those before it, can be incomplete.
 */
export function countsByWeek(rows: readonly WeekRow[], most: number): Weekly {
  const isCapped = rows.reduce((sum, { scanned }) => sum + scanned, 0) > most;
  const oldest = Math.min(...rows.map(({ week }) => week));
  const counts = new Map(rows.map(({ week, counted }) => [week, counted]));
  return (week) => (isCapped && week <= oldest ? null : (counts.get(week) ?? 0));
}

/** Returns the counts of dates that were read newest first, `most` at most; if there are `most`, there may be more. */
export function countDates(dates: readonly Date[], { from }: WeekSpan, most: number): Weekly {
  const weeks = dates.map((date) => Math.floor((date.getTime() - from.getTime()) / WEEK));
  const oldest = Math.min(...weeks);
  const counts = Map.groupBy(weeks, (week) => week);
  return (week) => (dates.length >= most && week <= oldest ? null : (counts.get(week)?.length ?? 0));
}

/** The condition that a date is in a span. */
export const isWithinSpan = (date: Column, { from, to }: Pick<WeekSpan, "from" | "to">): SQL | undefined =>
  and(gte(date, encoded(from, date)), lt(date, encoded(to, date)));

/** The number of weeks since `from`. */
export const weekSince = ({ dialect }: Reader, date: Column, from: Date): SQL<number> =>
  (dialect === "sqlite"
    ? // The parameter is a number with a fraction, so the quotient has one too.
      sql<number>`cast((${date} - ${encoded(from, date)}) / ${sql.raw(String(WEEK))} as integer)`
    : sql<number>`floor(extract(epoch from ${date} - ${encoded(from, date)}::timestamptz) / ${sql.raw(String(WEEK / 1000))})`
  ).mapWith(Number);

/** The condition that a date is in a week since `from`, for a column of week numbers. */
export function isInWeek({ dialect }: Reader, date: Column, from: Date, week: SQL): SQL {
  const start = (number: SQL) =>
    dialect === "sqlite"
      ? sql`${encoded(from, date)} + ${number} * ${sql.raw(String(WEEK))}`
      : // In hours, since a day of the session's time zone can have 23.
        sql`${encoded(from, date)}::timestamptz + ${number} * interval '168 hours'`;
  return sql`${date} >= ${start(week)} and ${date} < ${start(sql`(${week} + 1)`)}`;
}

const encoded = (date: Date, column: Column): SQL => sql`${sql.param(date, column)}`;
