import type { ReactNode } from "react";
import { type ChangeLocation, describeLocation, locationTone } from "./change-location.ts";
import classes from "./change-status.module.css";

type ChangeStatusProps = {
  readonly change: ChangeLocation;
  readonly now: Date;
  /** What stands before the answer: which change it is. */
  readonly children?: ReactNode;
};

/** Whether a change is live, in one line. */
export function ChangeStatus({ change, now, children }: ChangeStatusProps) {
  const words = describeLocation(change, now);
  return (
    <p className={classes["answer"]} data-tone={locationTone(change)}>
      {children}
      {children ? words : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`}.
    </p>
  );
}
