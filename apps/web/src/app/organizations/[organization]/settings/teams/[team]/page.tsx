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
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";

type TeamProps = {
  readonly params: Promise<{ readonly organization: string; readonly team: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: Pick<TeamProps, "params">): Promise<Metadata> {
  return { title: `Team ${decodeURIComponent((await params).team)}` };
}

/** A team: its members and projects. */
export default async function Team({ params, searchParams }: TeamProps) {
  const { organization: slug, team: name } = await params;
  const page = await organizationPage(slug);
  const { organization, can, to } = page;
  const read = await readTeam(page, decodeURIComponent(name), textParam(await searchParams, "cursor"));
  const { team, members, memberEmails, projects } = read;
  const hidden = { organization, team: team.slug };
  return (
    <>
      <RefreshOn kinds="team project member" />
      <p className="soft">
        <PageLink href={to.settings("teams")}>Teams</PageLink> / {team.name}
      </p>
      <SectionHeader
        title={`Members of ${team.name}`}
        facts={team.memberCount === 1 ? "1 member" : `${team.memberCount} members`}
        actions={
          mayManageTeams(can) && (
            <AddToTeam
              label="Add member"
              field={{ name: "email", label: "Email address" }}
              suggestions={memberEmails}
              action={addTeamMember}
              hidden={hidden}
              done="Member added."
            />
          )
        }
      />
      <TeamMemberTable organization={organization} team={team.slug} members={members.items} mayChange={mayManageTeams(can)} />
      <Pager page={members} names={PAGE_NAMES} hrefOf={(cursor) => to.settings("teams", team.slug) + queryString({ cursor })} />
      <SectionHeader
        title={`Projects of ${team.name}`}
        actions={
          mayAssignProjects(can) && (
            <AddToTeam
              label="Add project"
              field={{ name: "project", label: "Project slug" }}
              suggestions={projects}
              action={addTeamProject}
              hidden={hidden}
              done="Project added."
            />
          )
        }
      />
      <TeamProjectTable organization={organization} team={team.slug} projects={team.projects} mayChange={mayAssignProjects(can)} to={to} />
    </>
  );
}

/** Reads a team with its members, and the members and projects that could be added. @throws Next's not-found if the viewer may not see it. */
async function readTeam(
  { call, organization, can }: Pick<OrganizationPage, "call" | "organization" | "can">,
  name: string,
  cursor: string | null,
) {
  const team = await orNotFound(call.teams.get({ organization, team: name }));
  const [members, candidates, projects] = await Promise.all([
    pageAt(cursor, (at) => call.members.list({ organization, team: team.slug, ...at })),
    mayManageTeams(can) ? call.members.list({ organization }) : null,
    mayAssignProjects(can) ? call.projects.list({ organization }) : null,
  ]);
  const ownProjects = new Set(team.projects.map(({ slug }) => slug));
  return {
    team,
    members,
    memberEmails: candidates?.items.filter(({ teams }) => !teams.includes(team.slug)).map(({ email }) => email) ?? [],
    projects: projects?.items.filter(({ slug }) => !ownProjects.has(slug)).map(({ slug }) => slug) ?? [],
  };
}
