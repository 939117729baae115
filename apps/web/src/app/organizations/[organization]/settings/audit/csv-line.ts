/** What makes a spreadsheet take a cell for a formula when it comes first. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * Returns a line of a CSV file (RFC 4180) with every cell in quotes, so that no separator a spreadsheet may split at begins a new cell inside
 * one. What it would run as a formula gets an apostrophe before it.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

const csvCell = (text: string): string => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
