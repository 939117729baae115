import type { Page } from "@landfall/schema/page";
import { PageLink } from "../links.tsx";
import classes from "./pager.module.css";

type PagerProps = {
  readonly page: Pick<Page<unknown>, "previous" | "next">;
  /** The address of the same list from a cursor on. */
  readonly hrefOf: (cursor: string) => string;
  /** What the ways are called; "Newer" and "Older" unless the list is not by time. */
  readonly names?: { readonly previous: string; readonly next: string };
};

/** The ways to the pages before and after; nothing when there is only one. */
export function Pager({ page: { previous, next }, hrefOf, names = { previous: "Newer", next: "Older" } }: PagerProps) {
  if (!previous?.hasResults && !next?.hasResults) return null;
  return (
    <nav className={classes["pager"]} aria-label="Pages of the list">
      {previous?.hasResults ? (
        <PageLink href={hrefOf(previous.cursor)} rel="prev">
          ← {names.previous}
        </PageLink>
      ) : (
        <span aria-hidden="true">← {names.previous}</span>
      )}
      {next?.hasResults ? (
        <PageLink href={hrefOf(next.cursor)} rel="next">
          {names.next} →
        </PageLink>
      ) : (
        <span aria-hidden="true">{names.next} →</span>
      )}
    </nav>
  );
}
