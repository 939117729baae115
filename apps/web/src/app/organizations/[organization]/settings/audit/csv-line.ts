/** What makes a spreadsheet take a cell for a formula when it comes first. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** A line of a CSV file as RFC 4180 has it. What a spreadsheet would run as a formula is kept from it by an apostrophe before it. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
