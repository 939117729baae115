import type { ReactNode } from "react";
import { type ChangeLocation, describeLocation, locationTone } from "./change-location.ts";
import classes from "./change-status.module.css";

type ChangeStatusProps = {
  readonly change: ChangeLocation;
  readonly now: Date;
  /** Text before the status, such as the name of the change. */
  readonly children?: ReactNode;
};

/** The status of a change in one line. */
export function ChangeStatus({ change, now, children }: ChangeStatusProps) {
  const text = describeLocation(change, now);
  return (
    <p className={classes["status"]} data-tone={locationTone(change)}>
      {children}
      {children ? text : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`}.
    </p>
  );
}
