"use server";

import { revalidatePath } from "next/cache";
import { runAction, formText } from "../../../../page-data/act.ts";
import type { Outcome } from "../../../../page-data/outcome.ts";
import { organizationUrls } from "../../../../ui/addresses.ts";

/** A view that is gone, with all that is needed to save it again. */
export type RemovedView = { readonly name: string; readonly query: string; readonly isDefault: string };

/** Removes a view of the viewer's. */
export async function removeView(_before: Outcome<RemovedView>, form: FormData): Promise<Exclude<Outcome<RemovedView>, null>> {
  const organization = formText(form, "organization");
  const outcome = await runAction(async ({ call }) => {
    await call.views.remove({ organization, view: formText(form, "view") });
    return { name: formText(form, "name"), query: formText(form, "query"), isDefault: formText(form, "isDefault") };
  });
  revalidatePath(organizationUrls(organization).releases());
  return outcome;
}
