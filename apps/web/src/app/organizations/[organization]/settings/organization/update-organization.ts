"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { act, type Outcome, textOf } from "../../../../../page-data/act.ts";
import { addresses } from "../../../../../ui/addresses.ts";

/** Changes what the form says of an organization; leads to its new address when the short name is another one. */
export async function updateOrganization(form: FormData): Promise<Outcome> {
  const organization = textOf(form, "organization");
  const wanted = {
    name: textOf(form, "name"),
    slug: textOf(form, "slug"),
    openMembership: textOf(form, "membership") === "open",
    membersCreateTokens: textOf(form, "tokens") === "members",
  };
  const outcome = await act(async ({ call }) => (await call.organizations.update({ organization, ...wanted })).slug);
  if (outcome.kind === "refused") return outcome;
  if (outcome.value !== organization) redirect(addresses(outcome.value).settings());
  refresh();
  return { kind: "done", value: null };
}
