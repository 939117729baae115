/** A place of the grid: row and column from 0. */
export type CellPosition = { readonly row: number; readonly column: number };

/** Whether something is at a place. */
type IsFilled = (spot: CellPosition) => boolean;

const STEPS: Readonly<Record<string, CellPosition>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

type Size = { readonly rows: number; readonly columns: number };
type Press = { readonly key: string; readonly ctrlKey: boolean };

/**
 * Where a key leads from a cell: arrows to the next cell that way that has something, Home and End to the first and last of the row, with
 * Ctrl of the board, Page Up and Page Down ten rows on. Null for other keys, and where nothing is that way.
 */
export function nextCell({ key, ctrlKey }: Press, from: CellPosition, size: Size, isFilled: IsFilled): CellPosition | null {
  const step = STEPS[key];
  if (step) return walk(from, step, size, isFilled);
  if (key === "PageDown" || key === "PageUp") return jump(from, key === "PageDown" ? 10 : -10, size, isFilled);
  if (key !== "Home" && key !== "End") return null;
  const rows = ctrlKey ? range(size.rows) : [from.row];
  const spots = rows.flatMap((row) => range(size.columns).map((column) => ({ row, column }))).filter(isFilled);
  return (key === "Home" ? spots[0] : spots.at(-1)) ?? null;
}

/** The first cell of the board that has something, row by row. */
export const firstCell = (size: Size, isFilled: IsFilled): CellPosition | null =>
  nextCell({ key: "Home", ctrlKey: true }, { row: 0, column: 0 }, size, isFilled);

function walk(from: CellPosition, step: CellPosition, { rows, columns }: Size, isFilled: IsFilled): CellPosition | null {
  for (let { row, column } = add(from, step); row >= 0 && row < rows && column >= 0 && column < columns;) {
    if (isFilled({ row, column })) return { row, column };
    ({ row, column } = add({ row, column }, step));
  }
  return null;
}

/** As near to so many rows on as there is something in the column. */
function jump(from: CellPosition, by: number, size: Size, isFilled: IsFilled): CellPosition | null {
  const aim = Math.min(Math.max(from.row + by, 0), size.rows - 1);
  const way = aim > from.row ? range(aim - from.row).map((step) => aim - step) : range(from.row - aim).map((step) => aim + step);
  const row = way.find((row) => isFilled({ row, column: from.column }));
  return row === undefined ? null : { row, column: from.column };
}

const add = (a: CellPosition, b: CellPosition): CellPosition => ({ row: a.row + b.row, column: a.column + b.column });

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
