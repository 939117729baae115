import type { ReactNode } from "react";
import classes from "./page-head.module.css";

type PageHeaderProps = {
  readonly title: ReactNode;
  /** A line of facts below the title. */
  readonly facts?: ReactNode;
  /** What can be done with all of the page. */
  readonly actions?: ReactNode;
};

/** The head of a page: what it is about and what can be done. */
export function PageHeader({ title, facts, actions }: PageHeaderProps) {
  return (
    <div className={classes["head"]}>
      <div>
        <h1>{title}</h1>
        {facts && <p>{facts}</p>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}
