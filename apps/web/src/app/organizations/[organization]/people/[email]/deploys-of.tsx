import type { PersonDetailsView } from "@landfall/schema/views/people";
import type { ReactNode } from "react";
import type { Addresses } from "../../../../../ui/addresses.ts";
import { OutsideLink } from "../../../../../ui/outside-link.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";

type Deploy = PersonDetailsView["deploys"][number];
type DeploysOfProps = { readonly to: Addresses; readonly deploys: readonly Deploy[]; readonly empty: ReactNode };

/** What somebody deployed, the last first. */
export function DeploysOf({ to, deploys, empty }: DeploysOfProps) {
  return <DataTable caption="Deploys" columns={columnsOf(to)} rows={deploys} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = (to: Addresses): readonly Column<Deploy>[] => [
  {
    key: "version",
    head: "Version",
    grows: true,
    cell: ({ version }) => (
      <PageLink href={to.release(version)} data-open="" title={version}>
        {version}
      </PageLink>
    ),
  },
  {
    key: "environment",
    head: "Environment",
    cell: ({ environment }) => <PageLink href={to.environment(environment)}>{environment}</PageLink>,
  },
  {
    key: "name",
    head: "Name",
    hideBelow: "tablet",
    cell: ({ name, url }) => (name || url ? <OutsideLink href={url}>{name ?? url}</OutsideLink> : null),
  },
  { key: "finished", head: "Finished", align: "end", cell: ({ dateFinished }) => <TimeAgo at={dateFinished} /> },
];
