"use server";

import { revalidatePath } from "next/cache";
import { act, type Outcome, textOf } from "../../../../page-data/act.ts";
import { addresses } from "../../../../ui/addresses.ts";

/** Removes a view of the viewer's. */
export async function removeView(_before: Outcome, form: FormData): Promise<Outcome> {
  const organization = textOf(form, "organization");
  const outcome = await act(async ({ call }) => {
    await call.views.remove({ organization, view: textOf(form, "view") });
    return null;
  });
  revalidatePath(addresses(organization).releases());
  return outcome;
}
