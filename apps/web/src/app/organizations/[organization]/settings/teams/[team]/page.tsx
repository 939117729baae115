import type { Metadata } from "next";
import { organizationPage } from "../../../../../../page-data/organization-page.ts";
import { type SearchParams, textParam } from "../../../../../../page-data/params.ts";
import { queryString } from "../../../../../../ui/addresses.ts";
import { RefreshOn } from "../../../../../../ui/live/refresh-on.tsx";
import { PageLink } from "../../../../../../ui/page-link.tsx";
import { SectionHeader } from "../../../../../../ui/section-head.tsx";
import { Pager } from "../../../../../../ui/table/pager.tsx";
import { addTeamMember, addTeamProject } from "../team-actions.ts";
import { mayAssignProjects, mayManageTeams } from "../team-rights.ts";
import { AddToTeam } from "./add-to-team.tsx";
import { readTeam } from "./read-team.ts";
import { TeamMemberTable } from "./team-member-table.tsx";
import { TeamProjectTable } from "./team-project-table.tsx";

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
