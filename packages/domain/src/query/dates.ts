import { DAY, HOUR, MINUTE, SECOND, WEEK } from "../durations.ts";
import { QueryError } from "./release-query.ts";

/** The query parameters that select a date range; null and undefined mean that a parameter was not sent. */
export type DateRangeParams = {
  [name in "statsPeriod" | "statsPeriodStart" | "statsPeriodEnd" | "start" | "end"]?: string | null | undefined;
};

/** A period of time that includes both ends. */
export type DateRange = { from: Date; to: Date };

const rangeError = (reason: string): QueryError => new QueryError(`Invalid date range: ${reason}`, "date_range");

const periodStart = (period: string, now: Date): Date => {
  const at = instantAgo(period, now);
  if (at === null) throw rangeError(`Invalid statsPeriod: '${period}'`);
  return at;
};

const instant = (text: string): Date => {
  const parsed = parseInstant(text);
  if (parsed === null) throw rangeError(`${text} is not a valid ISO8601 date query`);
  return parsed.at;
};

const bothOrNeither = (left: string | null | undefined, right: string | null | undefined, reason: string): [string, string] | null => {
  if (!left && !right) return null;
  if (!left || !right) throw rangeError(reason);
  return [left, right];
};

const requestedRange = (params: DateRangeParams, now: Date): DateRange | null => {
  const { statsPeriod } = params;
  if (statsPeriod !== null && statsPeriod !== undefined) return { from: periodStart(statsPeriod, now), to: now };
  const periods = bothOrNeither(params.statsPeriodStart, params.statsPeriodEnd, "statsPeriodStart and statsPeriodEnd are both required");
  if (periods !== null) return { from: periodStart(periods[0], now), to: periodStart(periods[1], now) };
  const dates = bothOrNeither(params.start, params.end, "start and end are both required");
  return dates === null ? null : { from: instant(dates[0]), to: instant(dates[1]) };
};

/**
 * Returns the requested range of dateCreated, or null if none was requested (contract 15.1). `statsPeriod` (a period up to `now`) takes
 * precedence over `statsPeriodStart` and `statsPeriodEnd` (both periods before `now`), and those over `start` and `end` (dates as in
 * contract 1.12). An empty parameter counts as absent, except an empty `statsPeriod`, which is not a valid period.
 *
 * @throws QueryError with the text of the wire, `Invalid date range: <reason>`
 */
export const parseDateRange = (params: DateRangeParams, now: Date): DateRange | null => {
  const range = requestedRange(params, now);
  if (range !== null && range.from >= range.to) throw rangeError("start must be before end");
  return range;
};

const periodPattern = /^(\d+)([smhdw]?)$/;

const unitMilliseconds = (unit: string): number => {
  if (unit === "m") return MINUTE;
  if (unit === "h") return HOUR;
  if (unit === "d") return DAY;
  return unit === "w" ? WEEK : SECOND;
};

/**
 * Returns the moment that is a period such as `90d` before `now`: digits with `s`, `m`, `h`, `d`, or `w`; seconds without a unit
 * (contract 15.1). Returns null if the text is not a period, or the moment is before the year 1. Never throws.
 */
export const instantAgo = (text: string, now: Date): Date | null => {
  const match = periodPattern.exec(text);
  if (match === null) return null;
  const [, count, unit = ""] = match;
  const at = new Date(now.getTime() - Number(count) * unitMilliseconds(unit));
  return isStorableInstant(at) ? at : null;
};

/** A moment, and whether it was written as a day without a time (midnight UTC). */
export type Instant = { at: Date; isDay: boolean };

const instantPattern =
  /^(\d{4})(?:-(\d{2})-(\d{2})|(\d{2})(\d{2}))(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/i;

const first = Date.parse("0001-01-01T00:00:00Z");
const last = Date.parse("9999-12-31T23:59:59.999Z");

/** Returns whether a moment is in the years 1 to 9999, which both databases can store; false for an invalid `Date`. */
export const isStorableInstant = (at: Date): boolean => at.getTime() >= first && at.getTime() <= last;

/** Returns midnight UTC of a day, or null if the calendar has no such day. `Date.UTC` would read the year 50 as 1950. */
const midnight = (year: number, month: number, day: number): Date | null => {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at : null;
};

/**
 * Parses a date in the form that the wire accepts (contract 1.12): `2018-12-19` or `20181219`, optionally with `T` or a space and a time of
 * at least hours and minutes. The default offset is UTC; digits past milliseconds are dropped. Returns null for anything else: 30 February,
 * hour 24, second 60, numbers, or a moment outside the years 1 to 9999. Never throws.
 *
 * @example parseInstant("2018-12-19T19:25+01:00") // { at: 2018-12-19T18:25:00.000Z, isDay: false }
 */
export const parseInstant = (text: string): Instant | null => {
  const match = instantPattern.exec(text);
  if (match === null) return null;
  const [, year, dashMonth, dashDay, plainMonth, plainDay, hour, minute, second = "0", fraction = "", sign, zoneHour, zoneMinute = "0"] =
    match;
  const day = midnight(Number(year), Number(dashMonth ?? plainMonth), Number(dashDay ?? plainDay));
  if (day === null) return null;
  if (hour === undefined) return isStorableInstant(day) ? { at: day, isDay: true } : null;
  const offset = sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (sign !== undefined && (Number(zoneHour) > 23 || Number(zoneMinute) > 59)) return null;
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const at = new Date(day.getTime() + minutes * 60_000 + Number(second) * 1000 + milliseconds);
  return isStorableInstant(at) ? { at, isDay: false } : null;
};
