import type { ReactNode } from "react";
import classes from "./section-head.module.css";

type SectionHeaderProps = {
  readonly title: string;
  /** A line of facts below the title. */
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
};

/** The head of one part of a settings page. */
export function SectionHeader({ title, facts, actions }: SectionHeaderProps) {
  return (
    <div className={classes["head"]}>
      <div>
        <h2>{title}</h2>
        {facts && <p>{facts}</p>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}
