import type { WhereaboutView } from "@landfall/schema/views/find";
import type { Addresses } from "../../../../../ui/addresses.ts";
import { Chip } from "../../../../../ui/chip.tsx";
import { WHERE_MARKS } from "../../../../../ui/find/where-marks.ts";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";

type WhereTableProps = { readonly to: Addresses; readonly environments: readonly WhereaboutView[] };

/** Every environment of every project a commit came to: whether it is there, by which version, since when. */
export function WhereTable({ to, environments }: WhereTableProps) {
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

const columnsOf = (to: Addresses): readonly Column<WhereaboutView>[] => [
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
      const { tone, sign, word } = WHERE_MARKS[state];
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
