import * as z from "zod";
import { addIssue, field } from "./field.ts";

const WRONG_FORMAT = "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].";

/** A date and time (contract 1.12), as a Date cut to milliseconds. Callers in the same process may also pass a Date. */
export function dateTime(): z.ZodType<Date, string | Date> {
  return field({
    like: z.union([z.string(), z.date()]),
    json: { type: "string", format: "date-time" },
    read: (payload) => {
      const value = readMoment(payload.value);
      if (value === null) addIssue(payload, WRONG_FORMAT);
      return value ?? undefined;
    },
  });
}

function readMoment(value: unknown): Date | null {
  if (typeof value === "string") return parseDateTime(value);
  return value instanceof Date ? parseDateTime(Number.isNaN(value.getTime()) ? "" : value.toISOString()) : null;
}

const DATE = String.raw`(?<year>\d{4})(?<dash>-?)(?<month>\d\d)\k<dash>(?<day>\d\d)`;
const TIME = String.raw`(?<hour>\d\d)(?:(?<colon>:?)(?<minute>\d\d)(?:\k<colon>(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?)?`;
const OFFSET = String.raw`\s*(?:Z|(?<sign>[+-])(?<offsetHour>\d\d)(?::?(?<offsetMinute>\d\d))?)`;
const FORMAT = new RegExp(`^${DATE}(?:[Tt ]${TIME}(?:${OFFSET})?)?$`);
const MINUTE = 60_000;

/**
 * Parses an ISO 8601 date or date and time (contract 1.12) to the millisecond; null if it is invalid. Without an offset it is UTC; a date
 * alone is its midnight; white space is allowed before the offset, as git writes dates. The years 1 to 9999 are allowed.
 */
export function parseDateTime(text: string): Date | null {
  const parts = FORMAT.exec(text)?.groups;
  if (parts === undefined) return null;
  const local = calendarTime(parts);
  const offset = offsetMinutes(parts);
  if (local === null || offset === null) return null;
  const moment = new Date(local - offset * MINUTE);
  const year = moment.getUTCFullYear();
  return year >= 1 && year <= 9999 ? moment : null;
}

/** The groups of the pattern, by name; an absent optional part is undefined. */
type Parts = Readonly<Record<string, string | undefined>>;

function part(parts: Parts, name: string): number {
  return Number(parts[name] ?? "0");
}

function calendarTime(parts: Parts): number | null {
  const [hour, minute, second] = [part(parts, "hour"), part(parts, "minute"), part(parts, "second")];
  const [month, day] = [part(parts, "month") - 1, part(parts, "day")];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  // Date.UTC would read the years 0 to 99 as 1900 to 1999
  date.setUTCFullYear(part(parts, "year"), month, day);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return null;
  const milliseconds = (parts["fraction"] ?? "").slice(0, 3).padEnd(3, "0");
  return date.setUTCHours(hour, minute, second, Number(milliseconds));
}

function offsetMinutes(parts: Parts): number | null {
  const [hours, minutes] = [part(parts, "offsetHour"), part(parts, "offsetMinute")];
  if (hours > 23 || minutes > 59) return null;
  return (hours * 60 + minutes) * (parts["sign"] === "-" ? -1 : 1);
}
