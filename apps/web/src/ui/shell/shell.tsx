import type { ReactNode } from "react";
import { Keyboard } from "../keyboard/keyboard.tsx";
import { LoadingBar } from "./navigation-bar.tsx";
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
