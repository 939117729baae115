import { isStorableInstant } from "./parse-instant.ts";

const periodPattern = /^(\d+)([smhdw]?)$/;

const unitMilliseconds = (unit: string): number => {
  if (unit === "m") return 60_000;
  if (unit === "h") return 3_600_000;
  if (unit === "d") return 86_400_000;
  return unit === "w" ? 604_800_000 : 1000;
};

/**
 * The moment that lies a period before `now`, such as `90d`: digits and `s`, `m`, `h`, `d` or `w`, seconds without a unit
 * (contract 15.1). Null when the text is no period, or reaches back before the year 1. Never throws.
 */
export const instantAgo = (text: string, now: Date): Date | null => {
  const match = periodPattern.exec(text);
  if (match === null) return null;
  const [, count, unit = ""] = match;
  const at = new Date(now.getTime() - Number(count) * unitMilliseconds(unit));
  return isStorableInstant(at) ? at : null;
};
