import type { Context } from "../context.ts";
import { createTeamProject } from "../projects/create-team-project.ts";
import { SYSTEM_ACTOR } from "../provisioning/system-actor.ts";
import { addTeamMember } from "../teams/add-team-member.ts";
import { createTeam } from "../teams/create-team.ts";
import { createOrgToken } from "../tokens/create-org-token.ts";
import type { SampleOrganization } from "./found-organization.ts";
import type { History } from "./history.ts";
import { after, DAY } from "./plan-times.ts";

/** The organization's tokens; only of the first is the text worth knowing. */
export type SampleTokens = { readonly ci: { readonly id: number; readonly text: string } };

/** Makes teams, projects and tokens as the server, at the start of the history. One token expires a week after `now`. */
export async function setUpOrganization(
  context: Context,
  { start, teams, people, projects }: History,
  { organization: { slug: organization }, ownerId, userIds }: SampleOrganization,
): Promise<SampleTokens> {
  const then: Context = { ...context, actor: SYSTEM_ACTOR, now: () => start };
  for (const team of teams) {
    await createTeam(then, { organization, ...team });
    const members = people.filter((person) => person.team === team.slug).flatMap(({ email }) => userIds.get(email) ?? []);
    for (const userId of new Set([ownerId, ...members])) await addTeamMember(then, { organization, team: team.slug, userId });
  }
  for (const { slug, name, platform, team } of projects) {
    await createTeamProject(then, { organization, team, slug, name, platform });
  }
  const ci = await createOrgToken(then, { organization, name: "CI" });
  const soon = after(context.now(), 7 * DAY);
  await createOrgToken({ ...then, now: () => after(soon, -90 * DAY) }, { organization, name: "Nightly builds", dateExpires: soon });
  return { ci: { id: Number(ci.id), text: ci.token } };
}
