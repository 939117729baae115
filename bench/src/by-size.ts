import { growth } from "./budgets.ts";
import type { ScaleRow } from "./measure/scale.ts";
import { figure, range, type Row } from "./table.ts";

/** What took how long at each size, for a table. */
export const bySize = (what: string, sizes: readonly number[], rows: readonly ScaleRow[]): { heading: Row; lines: readonly Row[] } => ({
  heading: [what, ...sizes.map((size) => size.toLocaleString("en-US")), "last to first"],
  lines: rows.map((row) => [row.name, ...row.times.map(range), figure(growth(row))]),
});
