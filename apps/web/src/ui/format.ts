import { DAY, HOUR, MINUTE } from "@landfall/domain/durations";
import { splitPackage } from "@landfall/domain/versions/grammar";

/** Formats how long ago something was, in short form: "now", "5 min", "3 h", "12 d", "8 mo", "2 y"; "in 3 h" for the future. */
export function formatAgo(at: Date, now: Date): string {
  const elapsed = now.getTime() - at.getTime();
  if (elapsed < 0) return elapsed > -MINUTE ? "now" : `in ${formatDuration(-elapsed)}`;
  return elapsed < MINUTE ? "now" : formatDuration(elapsed);
}

/** Formats a duration in milliseconds in its largest whole unit: "45 s", "12 min", "3 h", "5 d". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / 1000)} s`;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < 2 * DAY) return `${Math.floor(milliseconds / HOUR)} h`;
  const days = Math.floor(milliseconds / DAY);
  if (days < 60) return `${days} d`;
  return days < 730 ? `${Math.floor(days / 30.44)} mo` : `${Math.floor(days / 365.25)} y`;
}

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"] as const;

/** Formats a number of bytes: "812 bytes", "4.2 MiB", "130 GiB". */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1024 && unit < UNITS.length - 1) [value, unit] = [value / 1024, unit + 1];
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** Formats a number with its noun: "1 file", "1,204 files". */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const MAX_VERSION_LENGTH = 24;
const HASH_LENGTH = 10;

/** Returns a version without its package: hashes cut to 10 characters, other versions to 24. */
export function shortVersion(version: string): string {
  const { raw } = splitPackage(version);
  if (/^[0-9a-f]{32,64}$/i.test(raw)) return raw.slice(0, HASH_LENGTH);
  const characters = [...raw];
  return characters.length > MAX_VERSION_LENGTH ? `${characters.slice(0, MAX_VERSION_LENGTH - 1).join("")}…` : raw;
}

/** Quotes a text as one word of a POSIX shell. */
export const shellQuote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);
