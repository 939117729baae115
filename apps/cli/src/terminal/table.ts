import type { Paint } from "./paint.ts";

/** Rows under headings, in columns as wide as their widest cell. A cell is cut at its first line break. `empty` stands for no rows. */
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

/** Names and values under each other; a value of null is left out. */
export function facts(pairs: readonly (readonly [name: string, value: string | null])[], paint: Paint): string {
  const shown = pairs.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  const width = Math.max(0, ...shown.map(({ name }) => lengthOf(name)));
  return shown.map(({ name, value }) => `${paint.dim(`${name}:`)}${" ".repeat(width - lengthOf(name) + 2)}${value}`).join("\n");
}

/** In characters, not in the units of JavaScript's strings. */
const lengthOf = (text: string): number => [...text].length;
