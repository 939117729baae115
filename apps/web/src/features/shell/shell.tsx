import type { ReactNode } from "react";
import { Keyboard } from "#ui/keyboard/keyboard.tsx";
import { LoadingBar } from "./navigation.tsx";
import classes from "./shell.module.css";

type ShellProps = {
  /** The ways through the organization, beside the page or, where there is little room, above it. */
  readonly side: ReactNode;
  /** What searches everything; its keys give way to those of the page. */
  readonly palette?: ReactNode;
  /** What stands above every page: what is out of the ordinary. */
  readonly notice?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of every page of an organization. */
export function Shell({ side, palette, notice, children }: ShellProps) {
  return (
    <div className={classes["shell"]}>
      <LoadingBar />
      <Keyboard />
      {palette}
      <header className={classes["side"]}>{side}</header>
      <div className={classes["page"]}>
        {notice}
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

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
