/** A moment, and whether it was written as a bare day (its midnight UTC). */
export type Instant = { at: Date; isDay: boolean };

const instantPattern =
  /^(\d{4})(?:-(\d{2})-(\d{2})|(\d{2})(\d{2}))(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/i;

const first = Date.parse("0001-01-01T00:00:00Z");
const last = Date.parse("9999-12-31T23:59:59.999Z");

/** Whether a moment lies in the years 1 to 9999, which both databases can store; false for an invalid `Date`. */
export const isStorableInstant = (at: Date): boolean => at.getTime() >= first && at.getTime() <= last;

/** Midnight UTC of a day, or null when the calendar has no such day. `Date.UTC` would take the year 50 for 1950. */
const midnight = (year: number, month: number, day: number): Date | null => {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at : null;
};

/**
 * Reads a date as the wire takes it (contract 1.12): `2018-12-19` or `20181219`, optionally with `T` or a space and a time of at least
 * hours and minutes. Without an offset it is UTC; digits past milliseconds are dropped. Null for anything else: 30 February, hour 24,
 * second 60, numbers, or a moment outside the years 1 to 9999. Never throws.
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
