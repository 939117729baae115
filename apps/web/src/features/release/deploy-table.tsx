import type { DeployBriefView } from "@landfall/schema/brief";
import type { ReactNode } from "react";
import { formatDuration } from "#ui/format.ts";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { environmentColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

type DeployTableProps = {
  readonly to: OrganizationUrls;
  readonly deploys: readonly DeployBriefView[];
  readonly empty: ReactNode;
  readonly isShort?: boolean;
};

/** Deploys of one release: environment, times, duration, deployer, and name. With `isShort`, only the columns of `SHORT_COLUMNS`. */
export function DeployTable({ to, deploys, empty, isShort = false }: DeployTableProps) {
  return (
    <DataTable
      caption="Deploys"
      columns={columnsOf(to).filter(({ key }) => !isShort || SHORT_COLUMNS.includes(key))}
      rows={deploys}
      keyOf={({ id }) => id}
      empty={empty}
    />
  );
}

const SHORT_COLUMNS: readonly string[] = ["environment", "finished", "name"];

const columnsOf = (to: OrganizationUrls): readonly Column<DeployBriefView>[] => [
  environmentColumn(to),
  { key: "finished", head: "Finished", cell: ({ dateFinished }) => <TimeAgo at={dateFinished} /> },
  {
    key: "started",
    head: "Started",
    hideBelow: "tablet",
    cell: ({ dateStarted }) => (dateStarted ? <TimeAgo at={dateStarted} /> : <span className="soft">unknown</span>),
  },
  { key: "duration", head: "Duration", align: "end", hideBelow: "phone", cell: (deploy) => duration(deploy) },
  {
    key: "deployer",
    head: "By",
    hideBelow: "phone",
    cell: ({ deployer }) =>
      deployer ? <PageLink href={to.person(deployer.email)}>{deployer.name ?? deployer.email}</PageLink> : <span className="soft">CI</span>,
  },
  {
    key: "name",
    head: "Name",
    grows: true,
    cell: ({ name, url }) => (name || url ? <ExternalLink href={url}>{name ?? url}</ExternalLink> : <span className="soft">unnamed</span>),
  },
];

function duration({ dateStarted, dateFinished }: DeployBriefView): string {
  const milliseconds = dateStarted === null ? -1 : Date.parse(dateFinished) - Date.parse(dateStarted);
  return milliseconds < 0 ? "—" : formatDuration(milliseconds);
}
