"use client";

import { Button, Menu } from "@mantine/core";
import { IconBookmark, IconCheck } from "@tabler/icons-react";
import type { SaveViewInput } from "@landfall/schema/inputs/saved-view";
import type { SavedViewView } from "@landfall/schema/views/saved-view";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PageLink } from "../page-link.tsx";
import { sameQuery } from "./same-query.ts";

const ViewsDialog = dynamic(() => import("./views-dialog.tsx").then((module) => module.ViewsDialog), { ssr: false });

/** What the menu of saved views is about. */
export type ViewsOf = {
  readonly organization: string;
  readonly page: SaveViewInput["page"];
  /** The page's address without a query. */
  readonly path: string;
  readonly views: readonly SavedViewView[];
  /** What the page shows now: the part of its address after "?". */
  readonly query: string;
};

/** The viewer's own views of a page: to open one, to save what is shown now, to change them. */
export function ViewsMenu(of: ViewsOf) {
  const { path, views, query } = of;
  const [isOpen, setOpen] = useState(false);
  const current = views.find((view) => sameQuery(view.query, query));
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={14} aria-hidden="true" />}>
            {current ? current.name : "Views"}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={PageLink} href={`${path}?view=all`}>
            As it comes
          </Menu.Item>
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              component={PageLink}
              href={`${path}?${view.query}`}
              leftSection={view === current ? <IconCheck size={14} aria-hidden="true" /> : undefined}
              aria-current={view === current ? "true" : undefined}
            >
              {view.name}
              {view.isDefault && <span className="soft"> (opens first)</span>}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setOpen(true)}>Save or change views…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isOpen && <ViewsDialog {...of} onClose={() => setOpen(false)} />}
    </>
  );
}
