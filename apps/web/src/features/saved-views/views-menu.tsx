"use client";

import type { SavedViewView, SaveViewInput } from "@landfall/schema/organizations/saved-views";
import { IconBookmark, IconCheck } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { LinkMenu } from "#ui/menu/link-menu.tsx";
import { sameQuery } from "./view-query.ts";

const ViewsDialog = dynamic(() => import("./views-dialog.tsx").then((module) => module.ViewsDialog), { ssr: false });

/** What the menu of saved views is about. */
export type SavedViewsProps = {
  readonly organization: string;
  readonly page: SaveViewInput["page"];
  /** The page's address without a query. */
  readonly path: string;
  readonly views: readonly SavedViewView[];
  /** What the page shows now: the part of its address after "?". */
  readonly query: string;
};

/** The viewer's own views of a page: to open one, to save what is shown now, to change them. */
export function ViewsMenu(of: SavedViewsProps) {
  const { path, views, query } = of;
  const [isOpen, setOpen] = useState(false);
  const current = views.find((view) => sameQuery(view.query, query));
  return (
    <>
      <LinkMenu
        label={current ? current.name : "Views"}
        icon={<IconBookmark size={14} aria-hidden="true" />}
        entries={[
          { kind: "link", label: "As it comes", href: `${path}?view=all` },
          ...(views.length === 0 ? [] : [{ kind: "heading" as const, label: "Yours" }]),
          ...views.map((view) => ({
            kind: "link" as const,
            label: view.name,
            href: `${path}?${view.query}`,
            isCurrent: view === current,
            icon: view === current ? <IconCheck size={14} aria-hidden="true" /> : undefined,
            note: view.isDefault ? "(opens first)" : undefined,
          })),
          { kind: "heading", label: "What is shown now" },
          { kind: "action", label: "Save or change views…", run: () => setOpen(true) },
        ]}
      />
      {isOpen && <ViewsDialog {...of} onClose={() => setOpen(false)} />}
    </>
  );
}
