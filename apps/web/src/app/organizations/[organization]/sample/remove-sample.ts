"use server";

import { redirect } from "next/navigation";
import { runAction, formText } from "../../../../page-data/act.ts";
import type { Outcome } from "../../../../page-data/outcome.ts";

/** Deletes the sample organization, and goes to the viewer's own. The operation refuses any other. */
export async function removeSample(_before: Outcome, form: FormData): Promise<Outcome> {
  const organization = formText(form, "organization");
  const outcome = await runAction(async ({ call }) => {
    await call.organizations.delete({ organization });
    return null;
  });
  if (outcome.kind === "refused") return outcome;
  redirect("/");
}
