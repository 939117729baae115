import { asc, type Column, desc, type SQL, sql } from "drizzle-orm";
import type { SortOrder } from "./keyset-page.ts";

/** The placeholders of a statement made with `seek`. `value` is a `Date` when the column holds dates. */
export type SeekValues = { readonly value: number | Date; readonly id: number; readonly limit: number };

/**
 * The condition and the order of a statement that reads the rows beyond a `SortKey`. One comparison of two columns at once, which
 * both databases answer by a walk along an index of (…, value, id). Placeholders: `value`, `id`.
 */
export function seek(
  columns: { readonly value: Column; readonly id: Column },
  order: SortOrder,
  backwards: boolean,
): { where: SQL; orderBy: [SQL, SQL] } {
  const { value, id } = columns;
  const upwards = (order === "ascending") !== backwards;
  const given = sql`(${sql.param(sql.placeholder("value"), value)}, ${sql.param(sql.placeholder("id"), id)})`;
  const direction = upwards ? asc : desc;
  return {
    where: upwards ? sql`(${value}, ${id}) > ${given}` : sql`(${value}, ${id}) < ${given}`,
    orderBy: [direction(value), direction(id)],
  };
}
