import type { ReactNode } from "react";
import { Logo } from "./mark.tsx";
import { PageLink } from "./page-link.tsx";
import classes from "./door.module.css";

type StandalonePageProps = { readonly title: string; readonly wide?: boolean; readonly children: ReactNode };

/** The frame of the pages outside of any organization: setting up, signing in, one's account. */
export function StandalonePage({ title, wide = false, children }: StandalonePageProps) {
  return (
    <div className={classes["door"]} data-wide={wide || undefined}>
      <header>
        <PageLink href="/">
          <Logo />
          Landfall
        </PageLink>
      </header>
      <main id="content" tabIndex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
