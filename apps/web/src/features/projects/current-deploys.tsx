import { ReleaseName } from "#ui/release-name.tsx";
import type { BoardCellView } from "@landfall/schema/releases/board";
import { Deployer } from "#features/deploys/deploy-labels.tsx";
import { CommandLine } from "#ui/command-line.tsx";
import { driftText } from "@landfall/domain/environments/drift-text";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { environmentColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

/** The current version in each environment of a project. */
export function CurrentDeploys({ to, cells }: { readonly to: OrganizationUrls; readonly cells: readonly BoardCellView[] }) {
  return (
    <DataTable
      caption="Environments"
      columns={columnsOf(to)}
      rows={cells}
      keyOf={({ environment }) => environment}
      empty={
        <EmptyState title="Not deployed yet">
          <CommandLine command="sentry-cli deploys new --release <version> -e production" />
        </EmptyState>
      }
    />
  );
}

const columnsOf = (to: OrganizationUrls): readonly Column<BoardCellView>[] => [
  environmentColumn(to),
  {
    key: "version",
    head: "Version",
    grows: true,
    cell: ({ release: { version } }) => (
      <PageLink href={to.release(version)}>
        <ReleaseName version={version} />
      </PageLink>
    ),
  },
  {
    key: "drift",
    head: "Drift",
    hideBelow: "phone",
    cell: ({ drift, release, environment }) => {
      if (!drift) return null;
      const { short, long } = driftText(drift, environment);
      return (
        <PageLink href={to.compare({ base: release.version, head: drift.version })} title={long}>
          {short} {drift.environment}
        </PageLink>
      );
    },
  },
  { key: "since", head: "Deployed", align: "end", cell: ({ deploy }) => <TimeAgo at={deploy.dateFinished} /> },
  {
    key: "by",
    head: "By",
    hideBelow: "phone",
    cell: ({ deploy: { deployer } }) => <Deployer deployer={deployer} />,
  },
];
