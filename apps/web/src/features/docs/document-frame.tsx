import type { ReactNode } from "react";
import type { DocumentGroup } from "#server/docs/documents.ts";
import { PageLink } from "#ui/links.tsx";
import { Logo } from "#ui/standalone-page.tsx";
import { DocumentList } from "./document-list.tsx";
import classes from "./documents.module.css";

type DocumentFrameProps = { readonly groups: readonly DocumentGroup[]; readonly version: string; readonly children: ReactNode };

/** The frame of every document: the list of documents beside it or, on small screens, below it. */
export function DocumentFrame({ groups, version, children }: DocumentFrameProps) {
  return (
    <div className={classes["frame"]}>
      <header className={classes["header"]}>
        <PageLink href="/" aria-label="Landfall: start page">
          <Logo />
          Landfall
        </PageLink>
        <PageLink href="/docs">Documents</PageLink>
        <span className="soft">{version}</span>
      </header>
      {children}
      <DocumentList groups={groups} />
    </div>
  );
}
