"use server";

import { refresh } from "next/cache";
import type { Viewer } from "#server/pages/running-app.ts";
import { formText, runAction, runChange } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Creates a team with the viewer as a member. Returns its slug. */
export async function createTeam(form: FormData): Promise<Outcome<string>> {
  const [organization, name, slug] = [formText(form, "organization"), formText(form, "name"), formText(form, "slug")];
  return runAction(async ({ call }) => {
    const team = await call.teams.create({ organization, name, slug: slug || undefined });
    refresh();
    return team.slug;
  });
}

/** Adds a member of the organization, given by email address, to a team. */
export async function addTeamMember(form: FormData): Promise<Outcome> {
  const [organization, team, email] = [
    formText(form, "organization"),
    formText(form, "team"),
    formText(form, "email").trim().toLowerCase(),
  ];
  const message = `No member of the organization has the email address ${email}. Invite them first.`;
  return runAction(async ({ call }) => {
    const userId = await findMemberId(call, organization, email);
    if (userId === null) return false;
    await call.teams.addMember({ organization, team, userId });
    refresh();
    return true;
  }).then((outcome) => doneOrField(outcome, { email: message }));
}

/** Removes a member, given by email address, from a team. */
export async function removeTeamMember(form: FormData): Promise<Outcome> {
  const [organization, team, email] = [formText(form, "organization"), formText(form, "team"), formText(form, "email")];
  return runChange(async ({ call }) => {
    const userId = await findMemberId(call, organization, email);
    if (userId !== null) await call.teams.removeMember({ organization, team, userId });
  });
}

/** Adds a project to a team. */
export async function addTeamProject(form: FormData): Promise<Outcome> {
  const [organization, team, project] = [formText(form, "organization"), formText(form, "team"), formText(form, "project").trim()];
  return runChange(({ call }) => call.teams.addProject({ organization, team, project }));
}

/** Removes a project from a team. */
export async function removeTeamProject(form: FormData): Promise<Outcome> {
  const [organization, team, project] = [formText(form, "organization"), formText(form, "team"), formText(form, "project")];
  return runChange(({ call }) => call.teams.removeProject({ organization, team, project }));
}

async function findMemberId(call: Viewer["call"], organization: string, email: string): Promise<number | null> {
  const { items } = await call.members.list({ organization, email });
  return items[0] ? Number(items[0].id) : null;
}

function doneOrField(outcome: Exclude<Outcome<boolean>, null>, fields: Readonly<Record<string, string>>): Outcome {
  if (outcome.kind === "refused") return outcome;
  return outcome.value ? { kind: "done", value: null } : { kind: "refused", code: "invalid", message: null, fields };
}
