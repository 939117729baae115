import { DAY, HOUR, MINUTE, SECOND } from "@landfall/domain/durations";

/** Formats how long ago something was: "just now", "5 min ago", "3 h ago", "12 d ago", "8 mo ago", "2 y ago"; "in 3 h" for the future. */
export function formatAgo(at: Date, now: Date): string {
  const elapsed = now.getTime() - at.getTime();
  if (Math.abs(elapsed) < MINUTE) return "just now";
  return elapsed < 0 ? `in ${formatDuration(-elapsed)}` : `${formatDuration(elapsed)} ago`;
}

/** Formats how long something has lasted: "for 3 h", or "since just now" below a minute. */
export function formatFor(since: Date, now: Date): string {
  const elapsed = now.getTime() - since.getTime();
  return elapsed < MINUTE ? "since just now" : `for ${formatDuration(elapsed)}`;
}

/**
 * Formats a duration in milliseconds in its largest unit, rounded: "45 s", "12 min", "3 h", "5 d", "8 mo", "2 y". Days start at 24 hours, and
 * months at 100 days, so that the usual 7, 30 and 90 days are exact.
 */
export function formatDuration(milliseconds: number): string {
  const inUnit = (unit: number) => Math.round(milliseconds / unit);
  if (inUnit(SECOND) < 60) return `${inUnit(SECOND)} s`;
  if (inUnit(MINUTE) < 60) return `${inUnit(MINUTE)} min`;
  if (inUnit(HOUR) < 24) return `${inUnit(HOUR)} h`;
  const days = inUnit(DAY);
  if (days < 100) return `${days} d`;
  const months = Math.round(days / 30.44);
  return months < 24 ? `${months} mo` : `${Math.round(days / 365.25)} y`;
}

const dayFormat = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-US", { day: "numeric", month: "short", timeZone: "UTC", ...options });

const DAY_FORMATS = {
  /** "Jan 31, 2026" */
  full: dayFormat({ year: "numeric" }),
  /** "Jan 31", for an axis. */
  short: dayFormat({}),
  /** "Sat, Jan 31, 2026" */
  weekday: dayFormat({ year: "numeric", weekday: "short" }),
} as const;

/** Formats the day (UTC) of a date, "2026-01-31" or an instant. */
export const formatDay = (date: string, format: keyof typeof DAY_FORMATS = "full"): string => DAY_FORMATS[format].format(new Date(date));

/** Quotes a text as one word of a POSIX shell. */
export const shellQuote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);
