"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { runAction, formText, formTexts } from "../../../../page-data/act.ts";
import type { Outcome } from "../../../../page-data/outcome.ts";
import { organizationUrls } from "../../../../ui/addresses.ts";
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
