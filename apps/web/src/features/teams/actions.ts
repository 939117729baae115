"use server";

import { refresh } from "next/cache";
import type { Viewer } from "#server/pages/running-app.ts";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Makes a team, with the viewer in it; answers its slug. */
export async function createTeam(form: FormData): Promise<Outcome<string>> {
  const [organization, name, slug] = [formText(form, "organization"), formText(form, "name"), formText(form, "slug")];
  return runAction(async ({ call }) => {
    const made = await call.teams.create({ organization, name, ...(slug === "" ? {} : { slug }) });
    refresh();
    return made.slug;
  });
}

/** Takes a member of the organization, named by address, into a team. */
export async function addTeamMember(form: FormData): Promise<Outcome> {
  const [organization, team, email] = [
    formText(form, "organization"),
    formText(form, "team"),
    formText(form, "email").trim().toLowerCase(),
  ];
  const message = `Nobody in the organization has the address ${email}. Invite them first.`;
  return runAction(async ({ call }) => {
    const userId = await memberOf(call, organization, email);
    if (userId === null) return false;
    await call.teams.addMember({ organization, team, userId });
    refresh();
    return true;
  }).then((outcome) => doneOrField(outcome, { email: message }));
}

/** Takes somebody, named by address, out of a team. */
export async function removeTeamMember(form: FormData): Promise<Outcome> {
  const [organization, team, email] = [formText(form, "organization"), formText(form, "team"), formText(form, "email")];
  return runAction(async ({ call }) => {
    const userId = await memberOf(call, organization, email);
    if (userId !== null) await call.teams.removeMember({ organization, team, userId });
    refresh();
    return null;
  });
}

/** Gives a project to a team. */
export async function addTeamProject(form: FormData): Promise<Outcome> {
  const [organization, team, project] = [formText(form, "organization"), formText(form, "team"), formText(form, "project").trim()];
  return runAction(async ({ call }) => {
    await call.teams.addProject({ organization, team, project });
    refresh();
    return null;
  });
}

/** Takes a project from a team. */
export async function removeTeamProject(form: FormData): Promise<Outcome> {
  const [organization, team, project] = [formText(form, "organization"), formText(form, "team"), formText(form, "project")];
  return runAction(async ({ call }) => {
    await call.teams.removeProject({ organization, team, project });
    refresh();
    return null;
  });
}

async function memberOf(call: Viewer["call"], organization: string, email: string): Promise<number | null> {
  const { items } = await call.members.list({ organization, query: email });
  const found = items.find((member) => member.email === email);
  return found ? Number(found.id) : null;
}

function doneOrField(outcome: Exclude<Outcome<boolean>, null>, fields: Readonly<Record<string, string>>): Outcome {
  if (outcome.kind === "refused") return outcome;
  return outcome.value ? { kind: "done", value: null } : { kind: "refused", code: "invalid", message: null, fields };
}
