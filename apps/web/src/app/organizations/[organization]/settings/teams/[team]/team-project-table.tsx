import type { TeamView } from "@landfall/schema/views/organization";
import type { OrganizationUrls } from "../../../../../../ui/addresses.ts";
import { ConfirmButton } from "../../../../../../ui/dialog/confirm-button.tsx";
import { EmptyState } from "../../../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../../../ui/page-link.tsx";
import { type Column, DataTable } from "../../../../../../ui/table/data-table.tsx";
import { addTeamProject, removeTeamProject } from "../team-actions.ts";

type Project = TeamView["projects"][number];

type TeamProjectTableProps = {
  readonly organization: string;
  readonly team: string;
  readonly projects: readonly Project[];
  readonly mayChange: boolean;
  readonly to: OrganizationUrls;
};

/** The projects of a team. */
export function TeamProjectTable({ organization, team, projects, mayChange, to }: TeamProjectTableProps) {
  const columns = projectColumns(to);
  return (
    <DataTable
      caption="Projects of the team"
      columns={mayChange ? [...columns, projectActionsColumn(organization, team)] : columns}
      rows={projects}
      keyOf={({ id }) => id}
      empty={<EmptyState title="The team has no projects." />}
    />
  );
}

const projectColumns = (to: OrganizationUrls): readonly Column<Project>[] => [
  {
    key: "project",
    head: "Project",
    grows: true,
    cell: ({ slug, name }) => (
      <>
        <PageLink href={to.project(slug)} data-open="">
          {slug}
        </PageLink>{" "}
        {name !== slug && <span className="soft">{name}</span>}
      </>
    ),
  },
  { key: "platform", head: "Platform", hideBelow: "phone", cell: ({ platform }) => platform ?? <span className="soft">not said</span> },
];

const projectActionsColumn = (organization: string, team: string): Column<Project> => ({
  key: "acts",
  head: "What to do",
  hidesHead: true,
  align: "end",
  cell: ({ slug }) => (
    <ConfirmButton
      label="Remove"
      name={`Remove ${slug} from the team`}
      title={`Remove ${slug} from the team`}
      action={removeTeamProject}
      undo={addTeamProject}
      hidden={{ organization, team, project: slug }}
      submit="Remove it"
      done={`${slug} is not the team's any more.`}
    >
      <p>
        The project and its releases stay. Where membership is closed, this team&rsquo;s members lose it unless another team of theirs has
        it.
      </p>
    </ConfirmButton>
  ),
});
