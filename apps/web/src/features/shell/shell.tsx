import type { ReactNode } from "react";
import { Keyboard } from "#ui/keyboard/keyboard.tsx";
import { LoadingBar } from "./navigation.tsx";
import classes from "./shell.module.css";

type ShellProps = {
  /** The navigation, beside the page or, on small screens, above it. */
  readonly side: ReactNode;
  /** The command palette. Rendered before the page, so that shortcuts of the page take precedence over its own. */
  readonly palette?: ReactNode;
  /** A notice above every page. */
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

/** The sidebar: organization, navigation, account. */
export function Sidebar({ top, bottom, children }: SidebarProps) {
  return (
    <div className={classes["frame"]}>
      {top}
      {children}
      <div className={classes["bottom"]}>{bottom}</div>
    </div>
  );
}
