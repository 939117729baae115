import { bigint, boolean, customType, doublePrecision, index, pgTable, primaryKey, uniqueIndex } from "drizzle-orm/pg-core";
import { type Kit, storedText } from "./kit.sqlite.ts";

/** Sorted by bytes in any locale, as in SQLite; an index then also supports prefix searches. */
const text = customType<{ data: string; driverData: string | null }>({
  dataType: () => 'text COLLATE "C"',
  toDriver: (value: string | null) => (value === null ? null : storedText(value)),
});

const timestamp = customType<{ data: Date; driverData: string | null }>({
  dataType: () => "timestamp (3) with time zone",
  toDriver: (value: Date | null) => (value === null ? null : toTimestamp(value)),
  fromDriver: (value) => fromTimestamp(String(value)),
});

/** `json` and not `jsonb`: it keeps the order of keys and accepts escaped NUL characters. The driver parses the values. */
const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => "json",
  toDriver: (value) => (value === null ? null : JSON.stringify(value)),
});

const bytea = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => "bytea",
  fromDriver: (value) => (Buffer.isBuffer(value) ? value : Buffer.from(value)),
});

/** Every integer has 64 bits: an id that SQLite accepts, or does not find, must not overflow here. */
const integer = (name: string) => bigint(name, { mode: "number" });

const kit = {
  table: pgTable,
  index,
  uniqueIndex,
  primaryKey,
  id: (name: string) => integer(name).primaryKey().generatedByDefaultAsIdentity(),
  text: (name: string) => text(name),
  int: integer,
  bigint: integer,
  real: (name: string) => doublePrecision(name),
  bool: (name: string) => boolean(name),
  time: (name: string) => timestamp(name),
  json: <T>(name: string) => json(name).$type<T>(),
  bytes: (name: string) => bytea(name),
} satisfies Record<keyof Kit, unknown>;

const plainYear = /^\d{4}-/;

/** The column types of PostgreSQL. The cast is safe: `test/kit.test.ts` proves that each kind reads and writes SQLite's values. */
export const postgresKit = kit as unknown as Kit;

/** A `Date` in PostgreSQL's format, in UTC. Years outside 1–9999 have a form of their own ("10000-…", "0044-… BC"). */
export function toTimestamp(date: Date): string {
  const iso = date.toISOString();
  if (plainYear.test(iso) && !iso.startsWith("0000")) return iso;
  const year = date.getUTCFullYear();
  const rest = iso.slice(iso.indexOf("-", 1));
  return year > 0 ? `${year}${rest}` : `${String(1 - year).padStart(4, "0")}${rest} BC`;
}

/** Parses a timestamp of PostgreSQL in a session whose time zone is UTC ("2026-11-23 22:39:00.5+00") to a `Date`. */
export function fromTimestamp(text: string): Date {
  const [clock = "", era] = text.replace("+00", "Z").replace(" ", "T").split(" ");
  if (era === undefined && plainYear.test(clock)) return new Date(clock);
  const cut = clock.indexOf("-");
  const year = Number(clock.slice(0, cut));
  const isoYear = era === "BC" ? 1 - year : year;
  return new Date(`${isoYear < 0 ? "-" : "+"}${String(Math.abs(isoYear)).padStart(6, "0")}${clock.slice(cut)}`);
}
