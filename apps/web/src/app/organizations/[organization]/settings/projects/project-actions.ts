"use server";

import { refresh } from "next/cache";
import { act, type Outcome, textOf } from "../../../../../page-data/act.ts";

/** Makes a project, in the team named or in the viewer's first. */
export async function createProject(form: FormData): Promise<Outcome> {
  const [organization, team, slug] = [textOf(form, "organization"), textOf(form, "team"), textOf(form, "slug")];
  const draft = { organization, name: textOf(form, "name"), platform: textOf(form, "platform"), ...(slug === "" ? {} : { slug }) };
  return act(async ({ call }) => {
    if (team === "") await call.projects.create(draft);
    else await call.projects.createInTeam({ ...draft, team });
    refresh();
    return null;
  });
}

/** Changes a project. `project` is the short name it has; answers the one it has then. */
export async function updateProject(form: FormData): Promise<Outcome<string>> {
  const [organization, project] = [textOf(form, "organization"), textOf(form, "project")];
  const wanted = { name: textOf(form, "name"), slug: textOf(form, "slug"), platform: textOf(form, "platform") };
  return act(async ({ call }) => {
    const { slug } = await call.projects.update({ organization, project, ...wanted });
    refresh();
    return slug;
  });
}

/** The address releases of a project may be reported to without a token, and what signs it. */
export type ReleaseHook = { readonly token: string; readonly webhookUrl: string };

/** Tells the release webhook of a project; it is made when it is asked for first. */
export async function showReleaseHook(form: FormData): Promise<Outcome<ReleaseHook>> {
  const [organization, project] = [textOf(form, "organization"), textOf(form, "project")];
  return act(({ call }) => call.projects.releaseToken({ organization, project }));
}

/** Gives the release webhook of a project another address. */
export async function rotateReleaseHook(form: FormData): Promise<Outcome<ReleaseHook>> {
  const [organization, project] = [textOf(form, "organization"), textOf(form, "project")];
  return act(({ call }) => call.projects.rotateReleaseToken({ organization, project }));
}
