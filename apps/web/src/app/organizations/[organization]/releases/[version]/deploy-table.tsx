import type { DeployView } from "@landfall/schema/views/deploy";
import type { ReactNode } from "react";
import type { Addresses } from "../../../../../ui/addresses.ts";
import { length } from "../../../../../ui/ago.ts";
import { OutsideLink } from "../../../../../ui/outside-link.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";

type DeployTableProps = { readonly to: Addresses; readonly deploys: readonly DeployView[]; readonly empty: ReactNode };

/** Deploys of one release: where, when, how long, by whom. */
export function DeployTable({ to, deploys, empty }: DeployTableProps) {
  return <DataTable caption="Deploys" columns={columnsOf(to)} rows={deploys} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = (to: Addresses): readonly Column<DeployView>[] => [
  {
    key: "environment",
    head: "Environment",
    cell: ({ environment }) => (
      <PageLink href={to.environment(environment)} data-open="">
        {environment}
      </PageLink>
    ),
  },
  { key: "finished", head: "Finished", cell: ({ dateFinished }) => <TimeAgo at={dateFinished} /> },
  {
    key: "started",
    head: "Started",
    hideBelow: "tablet",
    cell: ({ dateStarted }) => (dateStarted ? <TimeAgo at={dateStarted} /> : <span className="soft">not told</span>),
  },
  { key: "took", head: "Took", align: "end", hideBelow: "phone", cell: (deploy) => took(deploy) },
  {
    key: "name",
    head: "Name",
    grows: true,
    cell: ({ name, url }) => (name || url ? <OutsideLink href={url}>{name ?? url}</OutsideLink> : <span className="soft">unnamed</span>),
  },
];

function took({ dateStarted, dateFinished }: DeployView): string {
  const passed = dateStarted === null ? -1 : Date.parse(dateFinished) - Date.parse(dateStarted);
  return passed < 0 ? "—" : length(passed);
}
