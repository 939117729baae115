"use server";

import type { MailmapView } from "@landfall/schema/views/people";
import { revalidatePath } from "next/cache";
import { act, type Outcome, textOf } from "../../../../../page-data/act.ts";
import { addresses } from "../../../../../ui/addresses.ts";

/** What a file changes, or has changed, and its text, which stays in the form. */
export type MailmapState = { readonly text: string; readonly isImported: boolean; readonly outcome: Outcome<MailmapView> };

/** Shows what a .mailmap would change, or changes it, as the button that was pressed says. */
export async function importMailmap(_before: MailmapState, form: FormData): Promise<MailmapState> {
  const [organization, text] = [textOf(form, "organization"), textOf(form, "text")];
  const isImported = textOf(form, "do") === "import";
  const outcome = await act(({ call }) => call.people.importMailmap({ organization, text, dryRun: !isImported }));
  if (isImported) revalidatePath(addresses(organization).people());
  return { text, isImported, outcome };
}
