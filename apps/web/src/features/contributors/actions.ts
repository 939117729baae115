"use server";

import type { MailmapView } from "@landfall/schema/organizations/contributors";
import { refresh, revalidatePath } from "next/cache";
import * as z from "zod";
import { formText, formTexts, runAction, runChange } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { organizationUrls } from "#ui/organization-urls.ts";
import { undoMergeSteps } from "./merge-contributors.ts";

/** The contributor that others were merged into. */
export type MergedContributor = { readonly name: string | null; readonly email: string };

/** Merges the selected contributors: `into` gets the email addresses of the others. */
export async function mergeContributors(form: FormData): Promise<Outcome<MergedContributor>> {
  const [organization, into] = [formText(form, "organization"), formText(form, "into")];
  return runAction(async ({ call }) => {
    const emails = formTexts(form, "email").filter((email) => email !== into);
    const { name, email } = await call.people.merge({ organization, into, emails });
    refresh();
    return { name, email };
  });
}

const Groups = z.array(z.array(z.string()).max(200)).max(200);

/** Undoes a merge. `groups` are the email addresses of each contributor before it; `main` is the main address after it. */
export async function undoMerge(form: FormData): Promise<Outcome> {
  const [organization, main] = [formText(form, "organization"), formText(form, "main")];
  const groups = Groups.parse(JSON.parse(formText(form, "groups")));
  return runChange(async ({ call }) => {
    for (const { into, emails } of undoMergeSteps(groups, main)) {
      for (const email of emails) await call.people.separate({ organization, email });
      const others = emails.filter((email) => email !== into);
      if (others.length > 0) await call.people.merge({ organization, into, emails: others });
    }
  });
}

/** Separates an email address from its contributor. */
export async function separateAddress(form: FormData): Promise<Outcome> {
  const [organization, email] = [formText(form, "organization"), formText(form, "email")];
  return runChange(({ call }) => call.people.separate({ organization, email }));
}

/** The changes of a .mailmap, and its text, which stays in the form. */
export type MailmapState = { readonly text: string; readonly isImported: boolean; readonly outcome: Outcome<MailmapView> };

/** Previews or imports a .mailmap, depending on the button (`do`). */
export async function importMailmap(_before: MailmapState, form: FormData): Promise<MailmapState> {
  const [organization, text] = [formText(form, "organization"), formText(form, "text")];
  const isImported = formText(form, "do") === "import";
  const outcome = await runAction(({ call }) => call.people.importMailmap({ organization, text, dryRun: !isImported }));
  if (isImported) revalidatePath(organizationUrls(organization).people());
  return { text, isImported, outcome };
}
