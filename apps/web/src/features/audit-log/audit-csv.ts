import type { AuditView } from "@landfall/schema/organizations/audit";
import type { Page } from "@landfall/schema/page";

/** The most a download holds. */
const CSV_ROWS = 50_000;

/** The most pages it reads: those of a filter that few entries pass may be empty. */
const CSV_PAGES = 2000;

const HEAD = ["Date", "Actor", "Name", "Address", "Action", "Target", "Before", "After", "Request"];

/**
 * The audit log as a CSV file, a page at a time: the newest entries first, as many as may be. Where it stops before the end, its last line
 * says so. `readPage` answers the page at a cursor.
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
  yield csvLine([`Cut off after ${written} entries. Narrow the time for the rest.`]);
}

function cellsOf({ date, actor, action, target, before, after, requestId }: AuditView): readonly string[] {
  const told = (value: unknown) => (value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value));
  return [date, actor.label, actor.name, actor.email ?? "", action, target, told(before), told(after), requestId ?? ""];
}

/** What makes a spreadsheet take a cell for a formula when it comes first. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * Returns a line of a CSV file (RFC 4180) with every cell in quotes, so that no separator a spreadsheet may split at begins a new cell inside
 * one. What it would run as a formula gets an apostrophe before it.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

const csvCell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
