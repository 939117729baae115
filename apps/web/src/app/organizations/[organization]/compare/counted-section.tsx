import type { ReactNode } from "react";
import classes from "./comparison.module.css";

type ListSectionProps<T> = {
  readonly title: ReactNode;
  readonly list: { readonly total: number; readonly items: readonly T[] };
  /** Whether it is open from the start, however long; short lists are. */
  readonly isOpen?: boolean;
  readonly children: (items: readonly T[]) => ReactNode;
};

/** So few are shown from the start. */
const OPEN_LIMIT = 20;

/** A list that folds, with how many there are. An empty one is one line. */
export function ListSection<T>({ title, list: { total, items }, isOpen = total <= OPEN_LIMIT, children }: ListSectionProps<T>) {
  if (total === 0) {
    return (
      <p className={classes["none"]}>
        {title} <b>0</b>
      </p>
    );
  }
  return (
    <details open={isOpen} className={classes["list"]}>
      <summary>
        {title} <b>{total.toLocaleString("en")}</b>
        {items.length < total && <span className="soft"> first {items.length.toLocaleString("en")} shown</span>}
      </summary>
      {children(items)}
    </details>
  );
}
