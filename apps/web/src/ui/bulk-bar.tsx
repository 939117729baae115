import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./bulk-bar.module.css";

type BulkBarProps = { readonly count: number; readonly onClear: () => void; readonly children: ReactNode };

/** A bar at the bottom of the page with actions for the selected rows; shown while rows are selected. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  return (
    <>
      <output className="unseen">{count === 0 ? "" : `${count} selected`}</output>
      {count > 0 && (
        <fieldset className={classes["bar"]} aria-label="Selection">
          <span>
            <b>{count}</b> selected
          </span>
          {children}
          <Button variant="subtle" onClick={onClear} title="Escape">
            Clear selection
          </Button>
        </fieldset>
      )}
    </>
  );
}
