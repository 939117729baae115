"use server";

import type { SavedViewView } from "@landfall/schema/views/saved-view";
import { revalidatePath } from "next/cache";
import { act, type Outcome, textOf } from "../../../../page-data/act.ts";
import { addresses } from "../../../../ui/addresses.ts";

/** Saves a view of the list under a name, or says of one whether the page opens with it. */
export async function saveView(_before: Outcome<SavedViewView>, form: FormData): Promise<Exclude<Outcome<SavedViewView>, null>> {
  const organization = textOf(form, "organization");
  const outcome = await act(({ call }) =>
    call.views.save({
      organization,
      page: "releases",
      name: textOf(form, "name"),
      query: textOf(form, "query"),
      isDefault: textOf(form, "isDefault") === "true",
    }),
  );
  revalidatePath(addresses(organization).releases());
  return outcome;
}
