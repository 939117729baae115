import type { CommitDetailView } from "@landfall/schema/releases/commits";
import type { ChangeLocationView } from "@landfall/schema/releases/search";
import { STATE_LABELS } from "#features/search/change-location.ts";
import { Chip } from "#ui/chip.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

type CommitEnvironmentsProps = { readonly to: OrganizationUrls; readonly environments: readonly ChangeLocationView[] };

/** Every environment of every project a commit came to: whether it is there, by which version, since when. */
export function CommitEnvironments({ to, environments }: CommitEnvironmentsProps) {
  return (
    <DataTable
      caption="Environments"
      columns={columnsOf(to)}
      rows={environments.toReversed()}
      keyOf={({ project, environment }) => `${project.id} ${environment}`}
      empty={null}
    />
  );
}

const columnsOf = (to: OrganizationUrls): readonly Column<ChangeLocationView>[] => [
  {
    key: "environment",
    head: "Environment",
    cell: ({ environment }) => (
      <PageLink href={to.environment(environment)} data-open="">
        {environment}
      </PageLink>
    ),
  },
  {
    key: "state",
    head: "It is",
    cell: ({ state }) => {
      const { tone, sign, word } = STATE_LABELS[state];
      return (
        <Chip tone={tone}>
          <span aria-hidden="true">{sign}</span> {word}
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
    head: "What is there now",
    grows: true,
    hideBelow: "phone",
    cell: ({ version }) => (
      <PageLink href={to.release(version)} title={version}>
        {version}
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

/** How a commit in no release stands among the newer ones of its repository. */
export function describeUnreleased({ unreleased, isCapped }: NonNullable<CommitDetailView["neighbours"]>): string {
  if (unreleased === 0) return "No newer commit of its repository is waiting for one.";
  const commits = unreleased === 1 ? "commit of its repository is" : "commits of its repository are";
  return `${isCapped ? "At least " : ""}${unreleased.toLocaleString("en")} newer ${commits} waiting for one, too.`;
}
