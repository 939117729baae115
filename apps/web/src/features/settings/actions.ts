"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { organizationUrls } from "#ui/organization-urls.ts";

/** Changes what the form says of an organization; leads to its new address when the short name is another one. */
export async function updateOrganization(form: FormData): Promise<Outcome> {
  const organization = formText(form, "organization");
  const wanted = {
    name: formText(form, "name"),
    slug: formText(form, "slug"),
    openMembership: formText(form, "membership") === "open",
    membersCreateTokens: formText(form, "tokens") === "members",
  };
  const outcome = await runAction(async ({ call }) => (await call.organizations.update({ organization, ...wanted })).slug);
  if (outcome.kind === "refused") return outcome;
  if (outcome.value !== organization) redirect(organizationUrls(outcome.value).settings());
  refresh();
  return { kind: "done", value: null };
}
