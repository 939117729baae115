import type { Spread } from "../load/statistics.ts";

/** A row of formatted cells. */
export type Row = readonly string[];

/**
 * Formats a table with columns as wide as their widest cell. The first column is left-aligned, the others right-aligned. Rows may be
 * shorter than the heading. @throws RangeError if a row is longer.
 */
export function table(heading: Row, rows: readonly Row[]): string {
  const lines = [heading, ...rows];
  const tooLong = rows.find((row) => row.length > heading.length);
  if (tooLong) throw new RangeError(`a row has ${tooLong.length} cells below ${heading.length} headings: ${tooLong.join(" | ")}`);
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ""))));
  const written = lines.map((line) =>
    line
      .map((cell, column) => aligned(cell, column, widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  written.splice(1, 0, widths.map((columns) => "─".repeat(columns)).join("  "));
  return written.join("\n");
}

const aligned = (cell: string, column: number, columns: number): string => {
  const space = " ".repeat(Math.max(columns - width(cell), 0));
  return column === 0 ? cell + space : space + cell;
};

/** In code points, not UTF-16 units. */
const width = (text: string): number => [...text].length;

/** Formats a number with three significant digits; from 100 on, as an integer with thousands separators. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 99.95) return Math.round(value).toLocaleString("en-US");
  return value.toFixed(size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3);
}

/** Formats a spread: median (minimum–maximum). */
export const range = ({ min, median, max }: Spread): string => `${figure(median)} (${figure(min)}–${figure(max)})`;
