"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { formText, formTexts, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { organizationUrls } from "#ui/organization-urls.ts";
import { SELECTION_FIELD } from "./list-filters.ts";

/** The releases whose status changed, and their new status. */
export type StatusChange = { readonly versions: readonly string[]; readonly status: "open" | "archived" };

/** Archives, restores, or compares the selected releases, depending on the button (`do`). */
export async function changeStatus(_before: Outcome<StatusChange>, form: FormData): Promise<Outcome<StatusChange>> {
  const organization = formText(form, "organization");
  const versions = formTexts(form, SELECTION_FIELD);
  const action = formText(form, "do");
  if (versions.length === 0) return refused("Select at least one release.");
  if (action === "compare") {
    const [head = "", base = "", ...more] = versions;
    if (base === "" || more.length > 0) return refused("Select exactly two releases to compare.");
    redirect(organizationUrls(organization).compare({ base, head }));
  }
  const status = action === "open" ? "open" : "archived";
  const outcome = await runAction(async ({ call }) => {
    const { changed } = await call.releases.changeStatus({ organization, versions, status });
    return { versions: changed, status } as const;
  });
  revalidatePath(organizationUrls(organization).releases());
  return outcome;
}

const refused = (message: string): Outcome<StatusChange> => ({ kind: "refused", code: "invalid", message, fields: {} });
