import { PageLink } from "../page-link.tsx";

/** How a column sorts its list. */
export type Sorting = {
  /** Where the list sorted by this column is. */
  readonly href: string;
  /** Set on the column the list is sorted by now. */
  readonly direction?: "ascending" | "descending";
};

/** The head of a column that sorts its list. */
export function SortHeader({ href, direction, children }: Sorting & { readonly children: string }) {
  return (
    <PageLink href={href} scroll={false}>
      {children}
      <span aria-hidden="true">{direction === "descending" ? " ↓" : direction === "ascending" ? " ↑" : ""}</span>
    </PageLink>
  );
}
