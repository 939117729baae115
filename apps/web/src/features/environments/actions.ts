"use server";

import { refresh, revalidatePath } from "next/cache";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Puts an environment of a project out of sight, or back. */
export async function setEnvironmentHidden(form: FormData): Promise<Outcome> {
  const [organization, project, environment] = [formText(form, "organization"), formText(form, "project"), formText(form, "environment")];
  return runAction(async ({ call }) => {
    await call.environments.setHidden({ organization, project, environment, isHidden: formText(form, "isHidden") === "true" });
    refresh();
    return null;
  });
}

type Asked = { readonly organization: string; readonly project: string; readonly environment: string; readonly isHidden: boolean };

/** Hides an environment of a project from lists and the board, or shows it again. */
export async function setHidden({ organization, project, environment, isHidden }: Asked): Promise<Exclude<Outcome, null>> {
  return runAction(async ({ call }) => {
    await call.environments.setHidden({ organization, project, environment, isHidden });
    revalidatePath("/organizations/[organization]", "layout");
    return null;
  });
}
