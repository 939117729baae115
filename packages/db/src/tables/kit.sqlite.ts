import { customType, index, integer, primaryKey, real, sqliteTable, uniqueIndex } from "drizzle-orm/sqlite-core";

/*
 * Own column types rather than Drizzle's modes, because a prepared statement passes null placeholders to the encoder:
 * Drizzle's boolean would store 0, its JSON the text "null", and its Date would throw.
 */
const text = customType<{ data: string; driverData: string | null }>({
  dataType: () => "text",
  toDriver: (value: string | null) => (value === null ? null : storedText(value)),
});

const boolean = customType<{ data: boolean; driverData: number | null }>({
  dataType: () => "integer",
  toDriver: (value: boolean | null) => (value === null ? null : value ? 1 : 0),
  fromDriver: (value) => value === 1,
});

const milliseconds = customType<{ data: Date; driverData: number | null }>({
  dataType: () => "integer",
  toDriver: (value: Date | null) => (value === null ? null : value.getTime()),
  fromDriver: (value) => new Date(Number(value)),
});

const json = customType<{ data: unknown; driverData: string | null }>({
  dataType: () => "text",
  toDriver: (value) => (value === null ? null : JSON.stringify(value)),
  fromDriver: (value) => JSON.parse(String(value)),
});

const blob = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "blob" });

/** The column types of SQLite, whose type is used in all code. */
export const sqliteKit = {
  table: sqliteTable,
  index,
  uniqueIndex,
  primaryKey,
  /** An autoincrementing primary key; ids of deleted rows are not reused. */
  id: (name: string) => integer(name).primaryKey({ autoIncrement: true }),
  /** Text, compared and sorted by its UTF-8 bytes. */
  text: (name: string) => text(name),
  /** An integer up to `Number.MAX_SAFE_INTEGER`: a count, a position, the id of another row. */
  int: (name: string) => integer(name),
  /** The same range as `int`, for numbers that are expected to be large. */
  bigint: (name: string) => integer(name),
  real: (name: string) => real(name),
  bool: (name: string) => boolean(name),
  /** A `Date`, to the millisecond. */
  time: (name: string) => milliseconds(name),
  /** A JSON value, read back with its keys in the order they were written. Never queried inside. */
  json: <T>(name: string) => json(name).$type<T>(),
  bytes: (name: string) => blob(name),
};

export type Kit = typeof sqliteKit;

/**
 * The stored form of a text. PostgreSQL rejects NUL characters and neither database can store half of a
 * surrogate pair, so both dialects store U+FFFD instead: a lookup by such text finds nothing instead of failing.
 */
export function storedText(value: string): string {
  return value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
}
