/** A cell of the grid: row and column from 0. */
export type CellPosition = { readonly row: number; readonly column: number };

/** Whether a cell has content. */
type IsFilled = (position: CellPosition) => boolean;

const STEPS: Readonly<Record<string, CellPosition>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

type Size = { readonly rows: number; readonly columns: number };
type Press = { readonly key: string; readonly ctrlKey: boolean };

/**
 * Returns the cell a key moves to: arrows to the next filled cell in that direction, Home and End to the first and last of the row (with
 * Ctrl, of the board), Page Up and Page Down by ten rows. Null for other keys, and if there is no such cell.
 */
export function nextCell({ key, ctrlKey }: Press, from: CellPosition, size: Size, isFilled: IsFilled): CellPosition | null {
  const step = STEPS[key];
  if (step) return walk(from, step, size, isFilled);
  if (key === "PageDown" || key === "PageUp") return jump(from, key === "PageDown" ? 10 : -10, size, isFilled);
  if (key !== "Home" && key !== "End") return null;
  const rows = ctrlKey ? range(size.rows) : [from.row];
  const filled = rows.flatMap((row) => range(size.columns).map((column) => ({ row, column }))).filter(isFilled);
  return (key === "Home" ? filled[0] : filled.at(-1)) ?? null;
}

/** Returns the first filled cell of the board, row by row. */
export const firstCell = (size: Size, isFilled: IsFilled): CellPosition | null =>
  nextCell({ key: "Home", ctrlKey: true }, { row: 0, column: 0 }, size, isFilled);

function walk(from: CellPosition, step: CellPosition, { rows, columns }: Size, isFilled: IsFilled): CellPosition | null {
  for (let { row, column } = add(from, step); row >= 0 && row < rows && column >= 0 && column < columns;) {
    if (isFilled({ row, column })) return { row, column };
    ({ row, column } = add({ row, column }, step));
  }
  return null;
}

/** The filled cell of the column that is nearest to `by` rows away, not beyond. */
function jump(from: CellPosition, by: number, size: Size, isFilled: IsFilled): CellPosition | null {
  const target = Math.min(Math.max(from.row + by, 0), size.rows - 1);
  const candidates =
    target > from.row ? range(target - from.row).map((step) => target - step) : range(from.row - target).map((step) => target + step);
  const row = candidates.find((row) => isFilled({ row, column: from.column }));
  return row === undefined ? null : { row, column: from.column };
}

const add = (a: CellPosition, b: CellPosition): CellPosition => ({ row: a.row + b.row, column: a.column + b.column });

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
