import { formatInstant } from "@landfall/domain/format";
import type { Paint } from "./output.ts";

/** Formats rows under headings, each column as wide as its widest cell. Cells are cut at the first line break. Returns `empty` without rows. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[], paint: Paint, empty: string): string {
  if (rows.length === 0) return empty;
  const lines = rows.map((row) => row.map((cell) => cell.split("\n", 1)[0]?.replaceAll("\t", " ") ?? ""));
  const widths = headings.map((heading, column) => Math.max(lengthOf(heading), ...lines.map((row) => lengthOf(row[column] ?? ""))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - lengthOf(cell)))
      .join("  ")
      .trimEnd();
  return [paint.bold(line(headings)), ...lines.map(line)].join("\n");
}

/** Formats `name: value` lines; a value of null is omitted. */
export function facts(pairs: readonly (readonly [name: string, value: string | null])[], paint: Paint): string {
  const shown = pairs.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  const width = Math.max(0, ...shown.map(({ name }) => lengthOf(name)));
  return shown.map(({ name, value }) => `${paint.dim(`${name}:`)}${" ".repeat(width - lengthOf(name) + 2)}${value}`).join("\n");
}

/** In code points, not UTF-16 units. */
const lengthOf = (text: string): number => [...text].length;

/** Formats a time to the minute: `2026-01-31 12:00 UTC`. A dash for null. */
export const shortDate = (instant: string | null): string => (instant === null ? "-" : formatInstant(instant));
