"use server";

import type { SavedViewView } from "@landfall/schema/views/saved-view";
import { revalidatePath } from "next/cache";
import { runAction, formText } from "../../../../page-data/act.ts";
import type { Outcome } from "../../../../page-data/outcome.ts";
import { organizationUrls } from "../../../../ui/addresses.ts";

/** Saves a view of the list under a name, or says of one whether the page opens with it. */
export async function saveView(_before: Outcome<SavedViewView>, form: FormData): Promise<Exclude<Outcome<SavedViewView>, null>> {
  const organization = formText(form, "organization");
  const outcome = await runAction(({ call }) =>
    call.views.save({
      organization,
      page: "releases",
      name: formText(form, "name"),
      query: formText(form, "query"),
      isDefault: formText(form, "isDefault") === "true",
    }),
  );
  revalidatePath(organizationUrls(organization).releases());
  return outcome;
}
