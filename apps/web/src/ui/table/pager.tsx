import type { Page } from "@landfall/schema/page";
import { PageLink } from "../links.tsx";
import classes from "./pager.module.css";

/** Link texts for lists that are not ordered by time. */
export const PAGE_NAMES = { previous: "Previous", next: "Next" };

type PagerProps = {
  readonly page: Pick<Page<unknown>, "previous" | "next">;
  /** Returns the URL of the list at a cursor. */
  readonly hrefOf: (cursor: string) => string;
  /** The link texts; "Newer" and "Older" by default. */
  readonly names?: { readonly previous: string; readonly next: string };
};

/** Links to the previous and next page of a list; renders nothing if there is only one page. */
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
