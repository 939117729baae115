/** The row that was opened last in each list, by their addresses. */
const opened = new Map<string, string>();
let isBack = false;

/** Remembers which row of the list at an address was opened. */
export function rememberOpenedRow(list: string, row: string): void {
  opened.set(list, row);
  isBack = false;
}

/** Says that somebody went back, or forward. */
export function onHistoryNavigation(): void {
  isBack = true;
}

/** The address of the row to go on from: whoever goes back to a list is told once which row they opened there last. */
export function takeOpenedRow(list: string): string | null {
  if (!isBack) return null;
  const row = opened.get(list) ?? null;
  if (row !== null) isBack = false;
  return row;
}
