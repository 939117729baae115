import type { AuditView } from "@landfall/schema/organizations/audit";
import type { Page } from "@landfall/schema/page";

/** The most events in a file. */
const CSV_ROWS = 50_000;

/** The most pages that are read; with a filter that matches few events, pages may be empty. */
const CSV_PAGES = 2000;

const HEAD = ["Date", "Actor", "Name", "Address", "Action", "Target", "Before", "After", "Request"];

/**
 * Yields the audit log as a CSV file, one page at a time, newest events first. If there are more than `rows` events or `pages` pages, the
 * last line says that the file was truncated. `readPage` reads the page at a cursor.
 */
export async function* auditCsv(
  readPage: (cursor: string | undefined) => Promise<Page<AuditView>>,
  { rows = CSV_ROWS, pages = CSV_PAGES } = {},
): AsyncGenerator<string> {
  yield csvLine(HEAD);
  let [cursor, written]: [string | undefined, number] = [undefined, 0];
  for (let read = 0; read < pages && written < rows; read += 1) {
    const { items, next } = await readPage(cursor);
    const taken = items.slice(0, rows - written);
    written += taken.length;
    if (taken.length > 0) yield taken.map((entry) => csvLine(cellsOf(entry))).join("");
    if (!next?.hasResults && taken.length === items.length) return;
    cursor = next?.cursor;
  }
  yield csvLine([`Truncated after ${written} events. Use a shorter period to get the rest.`]);
}

function cellsOf({ date, actor, action, target, before, after, requestId }: AuditView): readonly string[] {
  const text = (value: unknown) => (value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value));
  return [date, actor.label, actor.name, actor.email ?? "", action, target, text(before), text(after), requestId ?? ""];
}

/** Characters that make a spreadsheet interpret a cell as a formula when they come first. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * Returns a line of a CSV file (RFC 4180). Every cell is quoted, since spreadsheets may split at other separators as well. Cells that a
 * spreadsheet would run as a formula are prefixed with an apostrophe.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

const csvCell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
