"use client";

import { memo } from "react";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { BoardCell } from "./board-cell.tsx";
import type { GridColumn, OpenedCell } from "./board-grid.tsx";
import type { GridRow } from "./grid-row.ts";
import type { CellPosition } from "./next-cell.ts";
import classes from "./board-grid.module.css";

type BoardRowProps = {
  readonly to: OrganizationUrls;
  readonly row: GridRow;
  readonly index: number;
  readonly columns: readonly GridColumn[];
  /** The column of the cell that Tab leads to, if it is in this row. */
  readonly currentColumn: number | null;
  readonly onOpen: (at: CellPosition, cell: OpenedCell) => void;
};

/** A project, and what is in each of its environments. */
export const BoardRow = memo(function BoardRow({ to, row: { slug, name, cells }, index, columns, currentColumn, onOpen }: BoardRowProps) {
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row">
        <PageLink href={to.project(slug)} className="cut" title={name === slug ? slug : `${name} (${slug})`}>
          {slug}
        </PageLink>
      </th>
      {columns.map(({ name: environment }, column) => {
        const cell = cells[environment];
        return (
          <td key={environment} data-spot={`${index} ${column}`}>
            {cell ? (
              <BoardCell
                cell={cell}
                href={to.environment(environment, { project: slug })}
                isCurrent={currentColumn === column}
                onOpen={() => onOpen({ row: index, column }, { project: slug, environment })}
              />
            ) : (
              <span className={classes["none"]} title={`${slug} was never deployed to ${environment}`}>
                –
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
});
