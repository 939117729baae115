"use server";

import { revalidatePath } from "next/cache";
import { act, type Outcome, textOf } from "../../../../page-data/act.ts";
import { addresses } from "../../../../ui/addresses.ts";

/** A view that is gone, with all that is needed to save it again. */
export type RemovedView = { readonly name: string; readonly query: string; readonly isDefault: string };

/** Removes a view of the viewer's. */
export async function removeView(_before: Outcome<RemovedView>, form: FormData): Promise<Exclude<Outcome<RemovedView>, null>> {
  const organization = textOf(form, "organization");
  const outcome = await act(async ({ call }) => {
    await call.views.remove({ organization, view: textOf(form, "view") });
    return { name: textOf(form, "name"), query: textOf(form, "query"), isDefault: textOf(form, "isDefault") };
  });
  revalidatePath(addresses(organization).releases());
  return outcome;
}
