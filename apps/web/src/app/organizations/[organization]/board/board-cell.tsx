"use client";

import { IconArrowBackUp, IconEyeOff } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { Deployer } from "../../../../ui/deploys/deployer.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import { driftText } from "./drift-text.ts";
import type { GridCell } from "./grid-row.ts";
import classes from "./board-grid.module.css";

type BoardCellProps = {
  readonly cell: GridCell;
  /** Where the cell's history is without scripts, and in another tab. */
  readonly href: string;
  /** Whether it is this cell that Tab leads to. */
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
};

/** What is in an environment of a project: the version, how long it is there, who brought it, how far the next environment is. */
export function BoardCell({ cell, href, isCurrent, onOpen }: BoardCellProps) {
  const { version, label, at, deployer, rolledBackFrom, isHidden, drift } = cell;
  const words = drift && driftText(drift);
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <a href={href} className={classes["cell"]} data-cell="" aria-haspopup="dialog" tabIndex={isCurrent ? 0 : -1} onClick={open}>
      <span className={classes["version"]}>
        <b title={version}>{label}</b>
        {rolledBackFrom !== undefined && (
          <span className={classes["mark"]} data-tone="warn" title={`Rolled back from ${rolledBackFrom}`}>
            <IconArrowBackUp size={14} aria-hidden="true" />
            <span className={classes["word"]}>Rolled back</span>
          </span>
        )}
        {isHidden && (
          <span className={classes["mark"]} title="This project hides the environment: the board shows it only because it was chosen">
            <IconEyeOff size={14} aria-hidden="true" />
            <span className="unseen">Hidden</span>
          </span>
        )}
      </span>
      <span className={classes["facts"]}>
        <TimeAgo at={at} />
        <span className={classes["who"]}>
          <Deployer deployer={deployer} />
        </span>
        {drift && words && (
          <span className={classes["drift"]} data-state={drift.state} title={words.long}>
            <span aria-hidden="true">
              {words.short}
              {drift.days > 0 && `, ${drift.days} d`}
            </span>
            <span className="unseen">{words.long}</span>
          </span>
        )}
      </span>
    </a>
  );
}
