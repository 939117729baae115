/** A moment as people read it, in UTC and to the minute: `2026-01-31 12:00`. A dash for none. */
export const shortDate = (instant: string | null): string => (instant === null ? "-" : instant.slice(0, 16).replace("T", " "));
