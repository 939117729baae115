"use server";

import { refresh } from "next/cache";
import { runAction, formText } from "../../../../../page-data/act.ts";
import type { Outcome } from "../../../../../page-data/outcome.ts";

/** Puts an environment of a project out of sight, or back. */
export async function setEnvironmentHidden(form: FormData): Promise<Outcome> {
  const [organization, project, environment] = [formText(form, "organization"), formText(form, "project"), formText(form, "environment")];
  return runAction(async ({ call }) => {
    await call.environments.setHidden({ organization, project, environment, isHidden: formText(form, "isHidden") === "true" });
    refresh();
    return null;
  });
}
