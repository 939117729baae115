import type { OrganizationPage } from "../../../../../../page-data/organization-page.ts";
import { orNotFound } from "../../../../../../page-data/organization-page.ts";
import { pageAt } from "../../../../../../page-data/page-at.ts";
import { mayAssignProjects, mayManageTeams } from "../team-rights.ts";

/** What the page of a team shows, and whom and what could be added. Throws Next's not-found for a team that is not the viewer's to see. */
export async function readTeam(
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
