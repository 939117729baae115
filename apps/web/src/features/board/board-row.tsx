"use client";

import { ReleaseName } from "#ui/release-name.tsx";
import { IconArrowBackUp, IconEyeOff } from "@tabler/icons-react";
import { memo, type MouseEvent } from "react";
import { Deployer } from "#features/deploys/deploy-labels.tsx";
import { driftAge, driftText } from "@landfall/domain/environments/drift-text";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import type { GridColumn, OpenedCell } from "./board-grid.tsx";
import type { CellPosition } from "./next-cell.ts";
import type { GridCell, GridRow } from "./read-board.ts";
import classes from "./board-grid.module.css";

type BoardRowProps = {
  readonly to: OrganizationUrls;
  readonly row: GridRow;
  readonly index: number;
  readonly columns: readonly GridColumn[];
  /** The column of the cell in the tab order, if it is in this row. */
  readonly currentColumn: number | null;
  readonly onOpen: (at: CellPosition, cell: OpenedCell) => void;
};

/** The row of a project: its current version in each environment. */
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
          <td key={environment} data-position={`${index} ${column}`}>
            {cell ? (
              <BoardCell
                cell={cell}
                environment={environment}
                href={to.environment(environment, { project: slug })}
                isCurrent={currentColumn === column}
                onOpen={() => onOpen({ row: index, column }, { project: slug, environment })}
              />
            ) : (
              <span className={classes["none"]} title={`${slug} has not been deployed to ${environment}`}>
                –
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
});

type BoardCellProps = {
  readonly cell: GridCell;
  readonly environment: string;
  /** URL of the cell's history, for use without scripts and in a new tab. */
  readonly href: string;
  /** Whether this cell is in the tab order. */
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
};

/** The current version in an environment of a project: its age, deployer, and how far it is behind. */
function BoardCell({ cell, environment, href, isCurrent, onOpen }: BoardCellProps) {
  const { version, at, deployer, rolledBackFrom, isHidden, drift } = cell;
  const text = drift && driftText(drift, environment);
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <a href={href} className={classes["cell"]} data-cell="" aria-haspopup="dialog" tabIndex={isCurrent ? 0 : -1} onClick={open}>
      <span className={classes["version"]}>
        <b>
          <ReleaseName version={version} />
        </b>
        {rolledBackFrom !== undefined && (
          <span className={classes["badge"]} data-tone="warn" title={`Rolled back from ${rolledBackFrom}`}>
            <IconArrowBackUp size={14} aria-hidden="true" />
            <span className={classes["label"]}>Rolled back</span>
          </span>
        )}
        {isHidden && (
          <span className={classes["badge"]} title="This project hides the environment. It is shown because you selected it">
            <IconEyeOff size={14} aria-hidden="true" />
            <span className="unseen">Hidden</span>
          </span>
        )}
      </span>
      <span className={classes["facts"]}>
        <TimeAgo at={at} />
        <span className={classes["deployer"]}>
          <Deployer deployer={deployer} />
        </span>
        {drift && text && (
          <span className={classes["drift"]} data-age={driftAge(drift)} title={text.long}>
            <span aria-hidden="true">{text.short}</span>
            <span className="unseen">{text.long}</span>
          </span>
        )}
      </span>
    </a>
  );
}
