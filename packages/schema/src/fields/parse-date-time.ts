const FORMAT =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)?)?$/;
const MINUTE = 60_000;

/**
 * Reads an ISO 8601 date or date and time (contract §1.12) to the millisecond, or answers null. Without an offset it is UTC;
 * a bare date is its midnight. The answer lies in the years 1 to 9999.
 */
export function parseDateTime(text: string): Date | null {
  const match = FORMAT.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", sign, offsetHour = "0", offsetMinute = "0"] = match;
  const at = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)] as const;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return null;
  const local = calendarTime(...at, Number(fraction.slice(0, 3).padEnd(3, "0")));
  if (local === null) return null;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === "-" ? -1 : 1);
  const moment = new Date(local - offset * MINUTE);
  return moment.getUTCFullYear() >= 1 && moment.getUTCFullYear() <= 9999 ? moment : null;
}

function calendarTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
): number | null {
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.setUTCHours(hour, minute, second, millisecond);
}
