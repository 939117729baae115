import type { ReactNode } from "react";
import classes from "./page-head.module.css";
import sectionHeadClasses from "./section-head.module.css";

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

type SectionHeaderProps = {
  readonly title: string;
  /** A line of facts below the title. */
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
};

/** The head of one part of a settings page. */
export function SectionHeader({ title, facts, actions }: SectionHeaderProps) {
  return (
    <div className={sectionHeadClasses["head"]}>
      <div>
        <h2>{title}</h2>
        {facts && <p>{facts}</p>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}
