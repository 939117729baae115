import { instantAgo } from "./instant-ago.ts";
import { parseInstant } from "./parse-instant.ts";
import { QueryError } from "./search-error.ts";

/** The query parameters that choose a date range; null and undefined mean that one was not sent. */
export type DateRangeParams = {
  [name in "statsPeriod" | "statsPeriodStart" | "statsPeriodEnd" | "start" | "end"]?: string | null | undefined;
};

/** From one moment to another, both included. */
export type DateRange = { from: Date; to: Date };

const rangeError = (why: string): QueryError => new QueryError(`Invalid date range: ${why}`);

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

const bothOf = (left: string | null | undefined, right: string | null | undefined, why: string): [string, string] | null => {
  if (!left && !right) return null;
  if (!left || !right) throw rangeError(why);
  return [left, right];
};

const requestedRange = (params: DateRangeParams, now: Date): DateRange | null => {
  const { statsPeriod } = params;
  if (statsPeriod !== null && statsPeriod !== undefined) return { from: periodStart(statsPeriod, now), to: now };
  const periods = bothOf(params.statsPeriodStart, params.statsPeriodEnd, "statsPeriodStart and statsPeriodEnd are both required");
  if (periods !== null) return { from: periodStart(periods[0], now), to: periodStart(periods[1], now) };
  const dates = bothOf(params.start, params.end, "start and end are both required");
  return dates === null ? null : { from: instant(dates[0]), to: instant(dates[1]) };
};

/**
 * The date range a list was asked for, to be compared with dateCreated, or null when none was (contract 15.1). `statsPeriod` (a period
 * up to `now`) wins over `statsPeriodStart` + `statsPeriodEnd` (both periods before `now`), and those over `start` + `end` (dates as in
 * contract 1.12). An empty parameter counts as absent, except an empty `statsPeriod`, which is no period.
 *
 * @throws SearchError with the wire's text, `Invalid date range: <why>`
 */
export const parseDateRange = (params: DateRangeParams, now: Date): DateRange | null => {
  const range = requestedRange(params, now);
  if (range !== null && range.from >= range.to) throw rangeError("start must be before end");
  return range;
};
