"use client";

import type { SavedViewView, SaveViewInput } from "@landfall/schema/organizations/saved-views";
import { IconBookmark, IconCheck } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { LinkMenu } from "#ui/menu/link-menu.tsx";
import { sameQuery, viewUrl } from "./view-query.ts";

const ViewsDialog = dynamic(() => import("./views-dialog.tsx").then((module) => module.ViewsDialog), { ssr: false });

/** Props of the menu and the dialog of saved views. */
export type SavedViewsProps = {
  readonly organization: string;
  readonly page: SaveViewInput["page"];
  /** The page's URL without a query. */
  readonly path: string;
  readonly views: readonly SavedViewView[];
  /** The current query of the URL, without "?". */
  readonly query: string;
};

/** A menu of the viewer's saved views of a page. */
export function ViewsMenu(props: SavedViewsProps) {
  const { path, views, query } = props;
  const [isOpen, setOpen] = useState(false);
  const current = views.find((view) => sameQuery(view.query, query));
  return (
    <>
      <LinkMenu
        label={current ? current.name : "Views"}
        icon={<IconBookmark size={14} aria-hidden="true" />}
        entries={[
          { kind: "link", label: "Default filter", href: viewUrl(path, "") },
          ...(views.length === 0 ? [] : [{ kind: "heading" as const, label: "Saved views" }]),
          ...views.map((view) => ({
            kind: "link" as const,
            label: view.name,
            href: viewUrl(path, view.query),
            isCurrent: view === current,
            icon: view === current ? <IconCheck size={14} aria-hidden="true" /> : undefined,
            note: view.isDefault ? "(default)" : undefined,
          })),
          { kind: "heading", label: "Current filter" },
          { kind: "action", label: "Save or edit views…", run: () => setOpen(true) },
        ]}
      />
      {isOpen && <ViewsDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
