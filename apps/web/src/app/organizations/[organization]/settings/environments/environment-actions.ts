"use server";

import { refresh } from "next/cache";
import { act, type Outcome, textOf } from "../../../../../page-data/act.ts";

/** Puts an environment of a project out of sight, or back. */
export async function setEnvironmentHidden(form: FormData): Promise<Outcome> {
  const [organization, project, environment] = [textOf(form, "organization"), textOf(form, "project"), textOf(form, "environment")];
  return act(async ({ call }) => {
    await call.environments.setHidden({ organization, project, environment, isHidden: textOf(form, "isHidden") === "true" });
    refresh();
    return null;
  });
}
