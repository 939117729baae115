import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

type EmptyStateProps = {
  /** Why the list is empty. */
  readonly title: string;
  /** What to do about it: text, a command, a link. */
  readonly children?: ReactNode;
};

/** Shown in place of an empty list: why it is empty and what to do. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className={classes["empty"]}>
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}
