import type { ReactNode } from "react";
import { PageLink } from "./links.tsx";
import classes from "./standalone-page.module.css";

type StandalonePageProps = { readonly title: string; readonly wide?: boolean; readonly children: ReactNode };

/** The layout of pages outside of an organization: setup, sign-in, account. */
export function StandalonePage({ title, wide = false, children }: StandalonePageProps) {
  return (
    <div className={classes["frame"]} data-wide={wide || undefined}>
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

/** The logo: an arrow that meets a wave. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b5f6b" />
      <path
        d="M16 6v13m0 0-5-5m5 5 5-5M7 24c3 2 6 2 9 0s6-2 9 0"
        fill="none"
        stroke="#fff"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
