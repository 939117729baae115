import { ReleaseName } from "#ui/release-name.tsx";
import { formatCount } from "@landfall/domain/format";
import type { CommitDetailView } from "@landfall/schema/releases/commits";
import type { ChangeLocationView } from "@landfall/schema/releases/search";
import { STATE_LABELS } from "#features/search/change-location.ts";
import { Chip } from "#ui/chip.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { environmentColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

type CommitEnvironmentsProps = { readonly to: OrganizationUrls; readonly environments: readonly ChangeLocationView[] };

/** The environments of each project a commit belongs to: whether the commit is deployed, in which version, and since when. */
export function CommitEnvironments({ to, environments }: CommitEnvironmentsProps) {
  return (
    <DataTable
      caption="Environments"
      columns={columnsOf(to)}
      rows={environments}
      keyOf={({ project, environment }) => `${project.id} ${environment}`}
      empty={null}
    />
  );
}

const columnsOf = (to: OrganizationUrls): readonly Column<ChangeLocationView>[] => [
  environmentColumn(to),
  {
    key: "state",
    head: "Status",
    cell: ({ state }) => {
      const { tone, icon, label } = STATE_LABELS[state];
      return (
        <Chip tone={tone}>
          <span aria-hidden="true">{icon}</span> {label}
        </Chip>
      );
    },
  },
  {
    key: "since",
    head: "Since",
    cell: ({ state, date }) => (state === "missing" ? <span className="soft">—</span> : <TimeAgo at={date} />),
  },
  {
    key: "version",
    head: "Current version",
    grows: true,
    hideBelow: "phone",
    cell: ({ version }) => (
      <PageLink href={to.release(version)}>
        <ReleaseName version={version} />
      </PageLink>
    ),
  },
  {
    key: "project",
    head: "Project",
    hideBelow: "phone",
    cell: ({ project }) => <PageLink href={to.project(project.slug)}>{project.slug}</PageLink>,
  },
];

/** Describes how many newer commits of the repository are also in no release. */
export function describeUnreleased({ unreleased, isCapped }: NonNullable<CommitDetailView["neighbors"]>): string {
  if (unreleased === 0) return "No newer commits in its repository are unreleased.";
  const commits = formatCount(unreleased, "newer commit");
  return `${isCapped ? "At least " : ""}${commits} in its repository ${unreleased === 1 ? "is" : "are"} unreleased, too.`;
}
