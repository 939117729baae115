"use server";

import { refresh } from "next/cache";
import * as z from "zod";
import { runAction, formText, formTexts } from "../../../../page-data/act.ts";
import type { Outcome } from "../../../../page-data/outcome.ts";
import { undoMergeSteps } from "./unmerging.ts";

/** Who several people were merged into. */
export type MergedContributor = { readonly name: string | null; readonly email: string };

/** Makes one person of those selected: `into` stays, the others' addresses become theirs. */
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

/** Takes a merge apart again: `groups` are everybody's addresses as they were, `main` the address all have now. */
export async function undoMerge(form: FormData): Promise<Outcome> {
  const [organization, main] = [formText(form, "organization"), formText(form, "main")];
  const groups = Groups.parse(JSON.parse(formText(form, "groups")));
  return runAction(async ({ call }) => {
    for (const { into, emails } of undoMergeSteps(groups, main)) {
      for (const email of emails) await call.people.separate({ organization, email });
      const others = emails.filter((email) => email !== into);
      if (others.length > 0) await call.people.merge({ organization, into, emails: others });
    }
    refresh();
    return null;
  });
}

/** Makes an address stand by itself again. */
export async function separateAddress(form: FormData): Promise<Outcome> {
  const [organization, email] = [formText(form, "organization"), formText(form, "email")];
  return runAction(async ({ call }) => {
    await call.people.separate({ organization, email });
    refresh();
    return null;
  });
}
