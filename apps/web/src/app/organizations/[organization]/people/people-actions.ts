"use server";

import { refresh } from "next/cache";
import * as z from "zod";
import { act, type Outcome, textOf, textsOf } from "../../../../page-data/act.ts";
import { unmergings } from "./unmerging.ts";

/** Who several people were merged into. */
export type Merged = { readonly name: string | null; readonly email: string };

/** Makes one person of those selected: `into` stays, the others' addresses become theirs. */
export async function mergeSelected(form: FormData): Promise<Outcome<Merged>> {
  const [organization, into] = [textOf(form, "organization"), textOf(form, "into")];
  return act(async ({ call }) => {
    const emails = textsOf(form, "email").filter((email) => email !== into);
    const { name, email } = await call.people.merge({ organization, into, emails });
    refresh();
    return { name, email };
  });
}

const Groups = z.array(z.array(z.string()).max(200)).max(200);

/** Takes a merge apart again: `groups` are everybody's addresses as they were, `main` the address all have now. */
export async function unmerge(form: FormData): Promise<Outcome> {
  const [organization, main] = [textOf(form, "organization"), textOf(form, "main")];
  const groups = Groups.parse(JSON.parse(textOf(form, "groups")));
  return act(async ({ call }) => {
    for (const { into, emails } of unmergings(groups, main)) {
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
  const [organization, email] = [textOf(form, "organization"), textOf(form, "email")];
  return act(async ({ call }) => {
    await call.people.separate({ organization, email });
    refresh();
    return null;
  });
}
