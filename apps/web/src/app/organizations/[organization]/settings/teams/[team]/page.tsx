import type { Metadata } from "next";
import { mayAssignProjects, mayManageTeams } from "#features/settings/settings-access.ts";
import { addTeamMember, addTeamProject } from "#features/teams/actions.ts";
import { AddToTeam } from "#features/teams/team-forms.tsx";
import { TeamMemberTable, TeamProjectTable } from "#features/teams/team-tables.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { type OrganizationPage, organizationPage, orNotFound } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { SectionHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { Pager } from "#ui/table/pager.tsx";

type TeamProps = {
  readonly params: Promise<{ readonly organization: string; readonly team: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: Pick<TeamProps, "params">): Promise<Metadata> {
  return { title: `Team ${decodeURIComponent((await params).team)}` };
}

/** One team: who is in it, and what it has. */
export default async function Team({ params, searchParams }: TeamProps) {
  const { organization: slug, team: name } = await params;
  const page = await organizationPage(slug);
  const { organization, can, to } = page;
  const read = await readTeam(page, decodeURIComponent(name), textParam(await searchParams, "cursor"));
  const { team, members, people, projects } = read;
  const hidden = { organization, team: team.slug };
  return (
    <>
      <RefreshOn kinds="team project member" />
      <p className="soft">
        <PageLink href={to.settings("teams")}>Teams</PageLink> / {team.name}
      </p>
      <SectionHeader
        title={`Members of ${team.name}`}
        facts={team.memberCount === 1 ? "1 person" : `${team.memberCount} people`}
        actions={
          mayManageTeams(can) && (
            <AddToTeam
              label="Add a member"
              field={{ name: "email", label: "Their e-mail address" }}
              known={people}
              action={addTeamMember}
              hidden={hidden}
              done="They are in the team."
            />
          )
        }
      />
      <TeamMemberTable organization={organization} team={team.slug} members={members.items} mayChange={mayManageTeams(can)} />
      <Pager page={members} names={NAMES} hrefOf={(cursor) => to.settings("teams", team.slug) + queryString({ cursor })} />
      <SectionHeader
        title="Its projects"
        actions={
          mayAssignProjects(can) && (
            <AddToTeam
              label="Add a project"
              field={{ name: "project", label: "The project's short name" }}
              known={projects}
              action={addTeamProject}
              hidden={hidden}
              done="The team has the project."
            />
          )
        }
      />
      <TeamProjectTable organization={organization} team={team.slug} projects={team.projects} mayChange={mayAssignProjects(can)} to={to} />
    </>
  );
}

const NAMES = { previous: "Before", next: "After" };

/** What the page of a team shows, and whom and what could be added. Throws Next's not-found for a team that is not the viewer's to see. */
async function readTeam(
  { call, organization, can }: Pick<OrganizationPage, "call" | "organization" | "can">,
  name: string,
  cursor: string | null,
) {
  const team = await orNotFound(call.teams.get({ organization, team: name }));
  const [members, people, projects] = await Promise.all([
    pageAt(cursor, (at) => call.members.list({ organization, team: team.slug, ...at })),
    mayManageTeams(can) ? call.members.list({ organization }) : null,
    mayAssignProjects(can) ? call.projects.list({ organization }) : null,
  ]);
  const has = new Set(team.projects.map(({ slug }) => slug));
  return {
    team,
    members,
    people: people?.items.filter(({ teams }) => !teams.includes(team.slug)).map(({ email }) => email) ?? [],
    projects: projects?.items.filter(({ slug }) => !has.has(slug)).map(({ slug }) => slug) ?? [],
  };
}
