import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

type EmptyStateProps = {
  /** Why there is nothing. */
  readonly title: string;
  /** What would change that: text, a command, a link. */
  readonly children?: ReactNode;
};

/** Stands where a list would be: why it is empty and what to do. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className={classes["nothing"]}>
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}
