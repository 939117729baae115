import type { ContributorDetailsView } from "@landfall/schema/views/people";
import type { ReactNode } from "react";
import type { OrganizationUrls } from "../../../../../ui/addresses.ts";
import { ExternalLink } from "../../../../../ui/outside-link.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";

type Deploy = ContributorDetailsView["deploys"][number];
type ContributorDeploysProps = { readonly to: OrganizationUrls; readonly deploys: readonly Deploy[]; readonly empty: ReactNode };

/** What somebody deployed, the last first. */
export function ContributorDeploys({ to, deploys, empty }: ContributorDeploysProps) {
  return <DataTable caption="Deploys" columns={columnsOf(to)} rows={deploys} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = (to: OrganizationUrls): readonly Column<Deploy>[] => [
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
    cell: ({ name, url }) => (name || url ? <ExternalLink href={url}>{name ?? url}</ExternalLink> : null),
  },
  { key: "finished", head: "Finished", align: "end", cell: ({ dateFinished }) => <TimeAgo at={dateFinished} /> },
];
