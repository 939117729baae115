import type { AuditView } from "@landfall/schema/views/audit";
import type { Page } from "@landfall/schema/views/page";
import { csvLine } from "./csv-line.ts";

/** The most a download holds. */
export const CSV_ROWS = 50_000;

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
