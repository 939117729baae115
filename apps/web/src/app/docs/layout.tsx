import type { ReactNode } from "react";
import { DocumentFrame } from "#features/docs/document-frame.tsx";
import { runningApp } from "#server/pages/running-app.ts";

/** The layout of the documentation: the list of all documents beside one of them. */
export default function DocumentsLayout({ children }: { readonly children: ReactNode }) {
  const { documents, version } = runningApp();
  return (
    <DocumentFrame groups={documents.groups()} version={version}>
      {children}
    </DocumentFrame>
  );
}
