"use server";

import { refresh } from "next/cache";
import { formText, runAction, runChange } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Creates a project in the given team, or in the viewer's first. */
export async function createProject(form: FormData): Promise<Outcome> {
  const [organization, team, slug] = [formText(form, "organization"), formText(form, "team"), formText(form, "slug")];
  const draft = { organization, name: formText(form, "name"), platform: formText(form, "platform"), slug: slug || undefined };
  return runChange(async ({ call }) => {
    if (team === "") await call.projects.create(draft);
    else await call.projects.createInTeam({ ...draft, team });
  });
}

/** Changes a project. `project` is its slug before the change. Returns the slug after it. */
export async function updateProject(form: FormData): Promise<Outcome<string>> {
  const [organization, project] = [formText(form, "organization"), formText(form, "project")];
  const changes = {
    name: formText(form, "name"),
    slug: formText(form, "slug"),
    takeFormerSlug: formText(form, "takeFormerSlug") === "on",
    platform: formText(form, "platform"),
  };
  return runAction(async ({ call }) => {
    const { slug } = await call.projects.update({ organization, project, ...changes });
    refresh();
    return slug;
  });
}

/** The release webhook of a project: its URL, which needs no token, and its signing token. */
export type ReleaseWebhook = { readonly token: string; readonly webhookUrl: string };

/** Returns the release webhook of a project; creates it on first use. */
export async function showReleaseWebhook(form: FormData): Promise<Outcome<ReleaseWebhook>> {
  const [organization, project] = [formText(form, "organization"), formText(form, "project")];
  return runAction(({ call }) => call.projects.releaseToken({ organization, project }));
}

/** Replaces the release webhook of a project with a new one. */
export async function rotateReleaseWebhook(form: FormData): Promise<Outcome<ReleaseWebhook>> {
  const [organization, project] = [formText(form, "organization"), formText(form, "project")];
  return runAction(({ call }) => call.projects.rotateReleaseToken({ organization, project }));
}
