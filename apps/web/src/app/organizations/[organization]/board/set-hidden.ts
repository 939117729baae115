"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "../../../../page-data/act.ts";
import type { Outcome } from "../../../../page-data/outcome.ts";

type Asked = { readonly organization: string; readonly project: string; readonly environment: string; readonly isHidden: boolean };

/** Hides an environment of a project from lists and the board, or shows it again. */
export async function setHidden({ organization, project, environment, isHidden }: Asked): Promise<Exclude<Outcome, null>> {
  return runAction(async ({ call }) => {
    await call.environments.setHidden({ organization, project, environment, isHidden });
    revalidatePath("/organizations/[organization]", "layout");
    return null;
  });
}
