import type { MemberView, TeamView } from "@landfall/schema/organizations/teams";
import type { ReactNode } from "react";
import { Avatar } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import { ConfirmButton } from "#ui/dialog/action-buttons.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { actionsColumn, projectColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { addTeamMember, addTeamProject, removeTeamMember, removeTeamProject } from "./actions.ts";
import classes from "./team-tables.module.css";

type TeamTableProps = { readonly teams: readonly TeamView[]; readonly to: OrganizationUrls; readonly empty: ReactNode };

/** The teams with members and projects. */
export function TeamTable({ teams, to, empty }: TeamTableProps) {
  return <DataTable caption="Teams" columns={teamColumns(to)} rows={teams} keyOf={({ id }) => id} empty={empty} />;
}

const teamColumns = (to: OrganizationUrls): readonly Column<TeamView>[] => [
  {
    key: "team",
    head: "Team",
    cell: ({ slug, name, hasAccess, isMember }) => (
      <span className={classes["team"]}>
        {hasAccess ? (
          <PageLink href={to.settings("teams", slug)} data-open="" className="cut" title={name === slug ? name : `${name} (${slug})`}>
            {name}
          </PageLink>
        ) : (
          <span className="cut" title="Only its members can see it">
            {name}
          </span>
        )}
        {isMember && <Chip>member</Chip>}
      </span>
    ),
  },
  { key: "members", head: "Members", align: "end", cell: ({ memberCount }) => memberCount },
  {
    key: "projects",
    head: "Projects",
    grows: true,
    cell: ({ projects }) =>
      projects.length === 0 ? (
        <span className="soft">none</span>
      ) : (
        <span title={projects.map(({ slug }) => slug).join(", ")}>{projects.map(({ slug }) => slug).join(", ")}</span>
      ),
  },
];

type TeamMemberTableProps = {
  readonly organization: string;
  readonly team: string;
  readonly members: readonly MemberView[];
  readonly mayChange: boolean;
};

/** The members of a team. */
export function TeamMemberTable({ organization, team, members, mayChange }: TeamMemberTableProps) {
  return (
    <DataTable
      caption="Members of the team"
      columns={mayChange ? [...MEMBER_COLUMNS, memberActionsColumn(organization, team)] : MEMBER_COLUMNS}
      rows={members}
      keyOf={({ id }) => id}
      empty={<EmptyState title="This team has no members" />}
    />
  );
}

const MEMBER_COLUMNS: readonly Column<MemberView>[] = [
  {
    key: "member",
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

const memberActionsColumn = (organization: string, team: string) =>
  actionsColumn(({ name, email, teams }: MemberView) => (
    <ConfirmButton
      label="Remove"
      name={`Remove ${name} from the team`}
      title={`Remove ${name} from the team`}
      action={removeTeamMember}
      undo={addTeamMember}
      hidden={{ organization, team, email }}
      submit="Remove member"
      done={`${name} was removed from the team.`}
    >
      <p>
        They remain in the organization{teams.length > 1 && ` and in ${teams.filter((slug) => slug !== team).join(", ")}`}. Where membership
        is closed, they lose access to this team&rsquo;s projects.
      </p>
    </ConfirmButton>
  ));

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
      empty={<EmptyState title="This team has no projects" />}
    />
  );
}

const projectColumns = (to: OrganizationUrls): readonly Column<Project>[] => [
  projectColumn(to),
  { key: "platform", head: "Platform", hideBelow: "phone", cell: ({ platform }) => platform ?? <span className="soft">not set</span> },
];

const projectActionsColumn = (organization: string, team: string) =>
  actionsColumn(({ slug }: Project) => (
    <ConfirmButton
      label="Remove"
      name={`Remove ${slug} from the team`}
      title={`Remove ${slug} from the team`}
      action={removeTeamProject}
      undo={addTeamProject}
      hidden={{ organization, team, project: slug }}
      submit="Remove project"
      done={`${slug} was removed from the team.`}
    >
      <p>
        The project and its releases are kept. Where membership is closed, members of this team lose access unless another team of theirs
        has the project.
      </p>
    </ConfirmButton>
  ));
