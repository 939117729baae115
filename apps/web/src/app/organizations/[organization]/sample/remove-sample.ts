"use server";

import { redirect } from "next/navigation";
import { act, type Outcome, textOf } from "../../../../page-data/act.ts";

/** Deletes the sample organization, and goes to the viewer's own. The operation refuses any other. */
export async function removeSample(_before: Outcome, form: FormData): Promise<Outcome> {
  const organization = textOf(form, "organization");
  const outcome = await act(async ({ call }) => {
    await call.organizations.delete({ organization });
    return null;
  });
  if (outcome.kind === "refused") return outcome;
  redirect("/");
}
