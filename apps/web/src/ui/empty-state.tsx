import type { ReactNode } from "react";
import { PageLink } from "./links.tsx";
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

type NoMatchesProps = {
  /** What the list has: "projects". */
  readonly kind: string;
  /** The text that was searched for. */
  readonly text: string;
  /** The URL of the whole list. */
  readonly href: string;
};

/** Shown in place of a list in which nothing matches a search. */
export function NoMatches({ kind, text, href }: NoMatchesProps) {
  return (
    <EmptyState title={`No ${kind} match “${text}”`}>
      <p>
        <PageLink href={href}>Show all {kind}</PageLink>
      </p>
    </EmptyState>
  );
}
