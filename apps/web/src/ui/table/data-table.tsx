import type { ReactNode } from "react";
import { RowKeys } from "../keyboard/keyboard.tsx";
import { PageLink } from "../links.tsx";
import classes from "./data-table.module.css";

/** A column: what stands above it, and what each row has in it. The first cell of a row should hold its main link, marked `data-open`. */
export type Column<Row> = {
  readonly key: string;
  readonly head: string;
  /** Whether what stands above it is only read out: buttons need no title to be seen. */
  readonly hidesHead?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers and times stand at the end. */
  readonly align?: "end";
  /** Takes what room is left, and is cut off with an ellipsis. */
  readonly grows?: boolean;
  /** Left out where there is little room. */
  readonly hideBelow?: "phone" | "tablet" | "laptop";
  readonly sorting?: Sorting;
};

type DataTableProps<Row> = {
  /** What the list is of; read out, not shown. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Boxes to select rows with: the name they are sent by in a form around the table, and what the row is called. */
  readonly select?: {
    readonly name: string;
    readonly valueOf: (row: Row) => string;
    readonly labelOf: (row: Row) => string;
    /** Stands above the boxes: what selects all of them. */
    readonly head?: ReactNode;
  };
  /** Shown in place of a table without rows: why there are none and what to do. */
  readonly empty: ReactNode;
};

/** A dense list of one line for each row, walked with j and k. */
export function DataTable<Row>({ caption, columns, rows, keyOf, select, empty }: DataTableProps<Row>) {
  if (rows.length === 0) return empty;
  return (
    <div className={classes["frame"]}>
      <RowKeys />
      <table className={classes["table"]}>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {select && <td className={classes["box"]}>{select.head}</td>}
            {columns.map(({ key, head, hidesHead, align, sorting, hideBelow, grows }) => (
              <th key={key} scope="col" data-align={align} data-hide={hideBelow} data-grows={grows} aria-sort={sorting?.direction}>
                {sorting ? <SortHeader {...sorting}>{head}</SortHeader> : hidesHead ? <span className="unseen">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-row="">
              {select && (
                <td className={classes["box"]}>
                  <input type="checkbox" name={select.name} value={select.valueOf(row)} aria-label={`Select ${select.labelOf(row)}`} />
                </td>
              )}
              {columns.map(({ key, cell, align, hideBelow, grows }) => (
                <td key={key} data-align={align} data-hide={hideBelow} data-grows={grows}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How a column sorts its list. */
type Sorting = {
  /** Where the list sorted by this column is. */
  readonly href: string;
  /** Set on the column the list is sorted by now. */
  readonly direction?: "ascending" | "descending";
};

/** The head of a column that sorts its list. */
function SortHeader({ href, direction, children }: Sorting & { readonly children: string }) {
  return (
    <PageLink href={href} scroll={false}>
      {children}
      <span aria-hidden="true">{direction === "descending" ? " ↓" : direction === "ascending" ? " ↑" : ""}</span>
    </PageLink>
  );
}
