"use server";

import { refresh } from "next/cache";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Makes a project, in the team named or in the viewer's first. */
export async function createProject(form: FormData): Promise<Outcome> {
  const [organization, team, slug] = [formText(form, "organization"), formText(form, "team"), formText(form, "slug")];
  const draft = { organization, name: formText(form, "name"), platform: formText(form, "platform"), ...(slug === "" ? {} : { slug }) };
  return runAction(async ({ call }) => {
    if (team === "") await call.projects.create(draft);
    else await call.projects.createInTeam({ ...draft, team });
    refresh();
    return null;
  });
}

/** Changes a project. `project` is the short name it has; answers the one it has then. */
export async function updateProject(form: FormData): Promise<Outcome<string>> {
  const [organization, project] = [formText(form, "organization"), formText(form, "project")];
  const wanted = { name: formText(form, "name"), slug: formText(form, "slug"), platform: formText(form, "platform") };
  return runAction(async ({ call }) => {
    const { slug } = await call.projects.update({ organization, project, ...wanted });
    refresh();
    return slug;
  });
}

/** The address releases of a project may be reported to without a token, and what signs it. */
export type ReleaseWebhook = { readonly token: string; readonly webhookUrl: string };

/** Tells the release webhook of a project; it is made when it is asked for first. */
export async function showReleaseWebhook(form: FormData): Promise<Outcome<ReleaseWebhook>> {
  const [organization, project] = [formText(form, "organization"), formText(form, "project")];
  return runAction(({ call }) => call.projects.releaseToken({ organization, project }));
}

/** Gives the release webhook of a project another address. */
export async function rotateReleaseWebhook(form: FormData): Promise<Outcome<ReleaseWebhook>> {
  const [organization, project] = [formText(form, "organization"), formText(form, "project")];
  return runAction(({ call }) => call.projects.rotateReleaseToken({ organization, project }));
}
