import type { ReactNode } from "react";
import { RowKeys } from "../keyboard/keyboard.tsx";
import { PageLink } from "../links.tsx";
import classes from "./data-table.module.css";

/** A column of a table. The first cell of a row should contain its main link, with the attribute `data-open`. */
export type Column<Row> = {
  readonly key: string;
  readonly head: string;
  /** Whether the header is only for screen readers, as for a column of buttons. */
  readonly hidesHead?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** For numbers. */
  readonly align?: "end";
  /** Takes the remaining width; its text is truncated. Or "whole": its text is never truncated, so other columns shrink before it. */
  readonly grows?: boolean | "whole";
  /** Hidden on smaller screens. */
  readonly hideBelow?: "phone" | "tablet" | "desktop" | "laptop";
  readonly sorting?: Sorting;
};

type DataTableProps<Row> = {
  /** The caption, only for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Checkboxes to select rows: their field name and values in a form around the table, and the label of a row. */
  readonly select?: {
    readonly name: string;
    readonly valueOf: (row: Row) => string;
    readonly labelOf: (row: Row) => string;
    /** Content of the header cell, such as a checkbox that selects all rows. */
    readonly head?: ReactNode;
  };
  /** Groups consecutive rows with the same key under a heading that stays visible while they are scrolled. */
  readonly groupOf?: (row: Row) => { readonly key: string; readonly heading: ReactNode };
  /** Shown instead of the table if there are no rows. */
  readonly empty: ReactNode;
};

/** A table with one line per row; the keys j and k move between rows. */
export function DataTable<Row>({ caption, columns, rows, keyOf, select, groupOf, empty }: DataTableProps<Row>) {
  if (rows.length === 0) return empty;
  const renderRow = (row: Row) => (
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
  );
  return (
    <div className={classes["frame"]} data-grouped={groupOf ? "" : undefined}>
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
        {groupOf ? (
          groupRows(rows, groupOf).map(({ key, heading, members }) => (
            <tbody key={key}>
              <tr>
                <th scope="rowgroup" colSpan={columns.length + (select ? 1 : 0)} className={classes["group"]}>
                  {heading}
                </th>
              </tr>
              {members.map(renderRow)}
            </tbody>
          ))
        ) : (
          <tbody>{rows.map(renderRow)}</tbody>
        )}
      </table>
    </div>
  );
}

/** Returns consecutive rows with the same key as groups. */
function groupRows<Row>(rows: readonly Row[], groupOf: NonNullable<DataTableProps<Row>["groupOf"]>) {
  const groups: { readonly key: string; readonly heading: ReactNode; readonly members: Row[] }[] = [];
  for (const row of rows) {
    const group = groupOf(row);
    const last = groups.at(-1);
    if (last?.key === group.key) last.members.push(row);
    else groups.push({ ...group, members: [row] });
  }
  return groups;
}

/** How a column sorts its list. */
type Sorting = {
  /** The URL of the list sorted by this column. */
  readonly href: string;
  /** Set on the column that the list is sorted by. */
  readonly direction?: "ascending" | "descending";
};

/** The header of a column that sorts the list. */
function SortHeader({ href, direction, children }: Sorting & { readonly children: string }) {
  return (
    <PageLink href={href} scroll={false}>
      {children}
      <span aria-hidden="true">{direction === "descending" ? " ↓" : direction === "ascending" ? " ↑" : ""}</span>
    </PageLink>
  );
}
