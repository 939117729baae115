import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./bulk-bar.module.css";

type BulkBarProps = { readonly count: number; readonly onClear: () => void; readonly children: ReactNode };

/** What can be done to the selected lines, over the foot of the page while there are any. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  return (
    <>
      <output className="unseen">{count === 0 ? "" : `${count} selected`}</output>
      {count > 0 && (
        <fieldset className={classes["bar"]} aria-label="What is selected">
          <span>
            <b>{count}</b> selected
          </span>
          {children}
          <Button variant="subtle" onClick={onClear} title="Escape">
            Select none
          </Button>
        </fieldset>
      )}
    </>
  );
}
