/**
 * A date and time on the wire: ISO 8601 in UTC with three fractional digits, none when they are zero
 * (`2018-12-19T19:25:49.971Z`, `2018-09-20T08:50:22Z`). Contract 1.11, design 9.
 */
export function instant(date: Date): string {
  const text = date.toISOString();
  return text.endsWith(".000Z") ? `${text.slice(0, -5)}Z` : text;
}

/** As `instant`, keeping null. */
export const instantOrNull = (date: Date | null): string | null => (date === null ? null : instant(date));
