"use server";

import type { SavedViewView } from "@landfall/schema/organizations/saved-views";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { formText, formTexts, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { organizationUrls } from "#ui/organization-urls.ts";
import { SELECTION_FIELD } from "./selection.ts";

/** Which releases are in which state now, and were not before. */
export type StatusChange = { readonly versions: readonly string[]; readonly status: "open" | "archived" };

/** Archives what was selected in the list, opens it again, or leads to comparing it: as the button that was pressed says. */
export async function changeStatus(_before: Outcome<StatusChange>, form: FormData): Promise<Outcome<StatusChange>> {
  const organization = formText(form, "organization");
  const versions = formTexts(form, SELECTION_FIELD);
  const wanted = formText(form, "do");
  if (versions.length === 0) return refused("Select some releases first.");
  if (wanted === "compare") {
    const [head = "", base = "", ...more] = versions;
    if (base === "" || more.length > 0) return refused("Two releases can be compared: select exactly two.");
    redirect(organizationUrls(organization).compare({ base, head }));
  }
  const status = wanted === "open" ? "open" : "archived";
  const outcome = await runAction(async ({ call }) => {
    const { changed } = await call.releases.changeStatus({ organization, versions, status });
    return { versions: changed, status } as const;
  });
  revalidatePath(organizationUrls(organization).releases());
  return outcome;
}

const refused = (message: string): Outcome<StatusChange> => ({ kind: "refused", code: "invalid", message, fields: {} });

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
