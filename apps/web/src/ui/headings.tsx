import type { ReactNode } from "react";
import classes from "./headings.module.css";

type PageHeaderProps = {
  readonly title: ReactNode;
  /** Text below the title. */
  readonly facts?: ReactNode;
  /** Buttons for the whole page. */
  readonly actions?: ReactNode;
};

/** The header of a page: its title and actions. */
export function PageHeader({ title, facts, actions }: PageHeaderProps) {
  return (
    <div className={classes["page"]}>
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
  /** Text below the title. */
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
};

/** The header of a section of a page. */
export function SectionHeader({ title, facts, actions }: SectionHeaderProps) {
  return (
    <div className={classes["section"]}>
      <div>
        <h2>{title}</h2>
        {facts && <p>{facts}</p>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}
