import type { MemberView, TeamView } from "@landfall/schema/organizations/organizations";
import { Avatar } from "#ui/avatar.tsx";
import { ConfirmButton } from "#ui/dialog/action-buttons.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { addTeamMember, addTeamProject, removeTeamMember, removeTeamProject } from "./actions.ts";

type TeamMemberTableProps = {
  readonly organization: string;
  readonly team: string;
  readonly members: readonly MemberView[];
  readonly mayChange: boolean;
};

/** Who is in a team. */
export function TeamMemberTable({ organization, team, members, mayChange }: TeamMemberTableProps) {
  return (
    <DataTable
      caption="Members of the team"
      columns={mayChange ? [...MEMBER_COLUMNS, memberActionsColumn(organization, team)] : MEMBER_COLUMNS}
      rows={members}
      keyOf={({ id }) => id}
      empty={<EmptyState title="Nobody is in this team." />}
    />
  );
}

const MEMBER_COLUMNS: readonly Column<MemberView>[] = [
  {
    key: "who",
    head: "Member",
    grows: true,
    cell: ({ name, email }) => (
      <>
        <Avatar name={name} email={email} /> {name} {name !== email && <span className="soft">{email}</span>}
      </>
    ),
  },
  { key: "role", head: "Role", cell: ({ role }) => role },
];

const memberActionsColumn = (organization: string, team: string): Column<MemberView> => ({
  key: "acts",
  head: "What to do",
  hidesHead: true,
  align: "end",
  cell: ({ name, email, teams }) => (
    <ConfirmButton
      label="Remove"
      name={`Remove ${name} from the team`}
      title={`Remove ${name} from the team`}
      action={removeTeamMember}
      undo={addTeamMember}
      hidden={{ organization, team, email }}
      submit="Remove them"
      done={`${name} is not in the team any more.`}
    >
      <p>
        They stay in the organization{teams.length > 1 && ` and in ${teams.filter((slug) => slug !== team).join(", ")}`}. Where membership
        is closed, they lose this team&rsquo;s projects.
      </p>
    </ConfirmButton>
  ),
});

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
