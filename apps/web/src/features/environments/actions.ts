"use server";

import { revalidatePath } from "next/cache";
import { formText, formTexts, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Hides an environment of a project from lists and the board, or shows it again. */
export async function setEnvironmentHidden(form: FormData): Promise<Exclude<Outcome, null>> {
  const [organization, project, environment] = [formText(form, "organization"), formText(form, "project"), formText(form, "environment")];
  return runAction(async ({ call }) => {
    await call.environments.setHidden({ organization, project, environment, isHidden: formText(form, "isHidden") === "true" });
    revalidatePath("/organizations/[organization]", "layout");
    return null;
  });
}

/** Sets the order of the organization's environments; none for the default order. */
export async function setEnvironmentOrder(form: FormData): Promise<Exclude<Outcome, null>> {
  const [organization, environments] = [formText(form, "organization"), formTexts(form, "environment")];
  return runAction(async ({ call }) => {
    await call.environments.setOrder({ organization, environments });
    revalidatePath("/organizations/[organization]", "layout");
    return null;
  });
}
