"use server";

import type { MailmapView } from "@landfall/schema/views/people";
import { revalidatePath } from "next/cache";
import { runAction, formText } from "../../../../../page-data/act.ts";
import type { Outcome } from "../../../../../page-data/outcome.ts";
import { organizationUrls } from "../../../../../ui/addresses.ts";

/** What a file changes, or has changed, and its text, which stays in the form. */
export type MailmapState = { readonly text: string; readonly isImported: boolean; readonly outcome: Outcome<MailmapView> };

/** Shows what a .mailmap would change, or changes it, as the button that was pressed says. */
export async function importMailmap(_before: MailmapState, form: FormData): Promise<MailmapState> {
  const [organization, text] = [formText(form, "organization"), formText(form, "text")];
  const isImported = formText(form, "do") === "import";
  const outcome = await runAction(({ call }) => call.people.importMailmap({ organization, text, dryRun: !isImported }));
  if (isImported) revalidatePath(organizationUrls(organization).people());
  return { text, isImported, outcome };
}
