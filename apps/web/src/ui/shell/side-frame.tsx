import type { ReactNode } from "react";
import classes from "./side-frame.module.css";

type SidebarProps = { readonly top: ReactNode; readonly bottom: ReactNode; readonly children: ReactNode };

/** The side of the page: where one is, the ways, who one is. */
export function Sidebar({ top, bottom, children }: SidebarProps) {
  return (
    <div className={classes["frame"]}>
      {top}
      {children}
      <div className={classes["bottom"]}>{bottom}</div>
    </div>
  );
}
