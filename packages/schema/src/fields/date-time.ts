import * as z from "zod";
import { addIssue, field } from "./field.ts";
import { parseDateTime } from "./parse-date-time.ts";

const WRONG_FORMAT = "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].";

/** A moment (contract §1.12), as a Date cut to milliseconds. Callers in the same process may also give a Date. */
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
