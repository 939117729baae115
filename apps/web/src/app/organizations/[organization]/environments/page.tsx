import { formatCount } from "@landfall/domain/format";
import type { BoardCellView, BoardView } from "@landfall/schema/releases/board";
import type { Metadata } from "next";
import { organizationPage } from "#server/pages/page-context.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

export const metadata: Metadata = { title: "Environments" };

type EnvironmentsProps = { readonly params: Promise<{ readonly organization: string }> };

/** The environments of the organization in their order, each with its projects, its last deploy, and how many projects are behind there. */
export default async function Environments({ params }: EnvironmentsProps) {
  const { call, organization, can, to } = await organizationPage((await params).organization);
  const board = await call.board.get({ organization });
  const hasMore = board.next?.hasResults === true;
  return (
    <>
      <RefreshOn kinds="deploy environment release" />
      <PageHeader
        title="Environments"
        facts={hasMore ? `Last deploys of the first ${board.items.length} projects.` : "Each has a timeline of its versions."}
        actions={can("org:write", "org:admin") && <PageLink href={to.settings("environments")}>Order and visibility</PageLink>}
      />
      <DataTable
        caption="Environments"
        columns={columnsOf(to)}
        rows={rowsOf(board)}
        keyOf={({ name }) => name}
        empty={
          <EmptyState title="No environments">
            <p>Environments are created with their first deploy:</p>
            <CommandLine command={`sentry-cli deploys new --release "$VERSION" -e production`} />
          </EmptyState>
        }
      />
    </>
  );
}

type EnvironmentRow = {
  readonly name: string;
  readonly projects: number;
  readonly last: BoardCellView | null;
  /** Projects that run a newer release in another environment. */
  readonly behind: number;
};

function rowsOf({ environments, items }: BoardView): EnvironmentRow[] {
  const byName = Map.groupBy(
    items.flatMap(({ cells }) => cells),
    ({ environment }) => environment,
  );
  return environments.map(({ name, projects }) => {
    const cells = byName.get(name) ?? [];
    const [last = null] = cells.toSorted((a, b) => Date.parse(b.deploy.dateFinished) - Date.parse(a.deploy.dateFinished));
    return { name, projects, last, behind: cells.filter(({ drift }) => drift !== null).length };
  });
}

const columnsOf = (to: OrganizationUrls): readonly Column<EnvironmentRow>[] => [
  {
    key: "name",
    head: "Environment",
    cell: ({ name }) => (
      <PageLink href={to.environment(name)} data-open="" className="cut" title={`Timeline of ${name}`}>
        {name}
      </PageLink>
    ),
  },
  { key: "projects", head: "Projects", align: "end", cell: ({ projects }) => projects },
  {
    key: "behind",
    head: "Behind",
    hideBelow: "phone",
    cell: ({ name, behind }) =>
      behind === 0 ? (
        <span className="soft">–</span>
      ) : (
        <PageLink href={to.board({ drift: "1" })} title={`Projects that run a newer release in an environment other than ${name}`}>
          {formatCount(behind, "project")}
        </PageLink>
      ),
  },
  {
    key: "version",
    head: "Last deployed",
    grows: true,
    cell: ({ last }) =>
      last && (
        <PageLink href={to.release(last.release.version)} title={last.release.version} className="cut">
          {last.release.version}
        </PageLink>
      ),
  },
  { key: "when", head: "When", align: "end", cell: ({ last }) => last && <TimeAgo at={last.deploy.dateFinished} /> },
];
