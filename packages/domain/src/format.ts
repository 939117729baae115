/** Formats a number with its noun: "1 file", "1,204 files". */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** Formats an ISO 8601 instant exactly, to the minute or second: "2026-01-31 12:00 UTC". */
export const formatInstant = (instant: string, precision: "minute" | "second" = "minute"): string =>
  `${instant.slice(0, 10)} ${instant.slice(11, precision === "minute" ? 16 : 19)} UTC`;

const UNITS = ["KiB", "MiB", "GiB", "TiB"] as const;

/** Formats a number of bytes: "812 bytes", "4.2 MiB", "130 GiB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return formatCount(Math.round(bytes), "byte");
  let [value, unit] = [bytes / 1024, 0];
  while (value >= 1024 && unit < UNITS.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}
