"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { organizationUrls } from "#ui/organization-urls.ts";

/** Updates an organization from the form. Redirects to the new URL if the slug has changed. */
export async function updateOrganization(form: FormData): Promise<Outcome> {
  const organization = formText(form, "organization");
  const input = {
    name: formText(form, "name"),
    slug: formText(form, "slug"),
    openMembership: formText(form, "membership") === "open",
    membersCreateTokens: formText(form, "tokens") === "members",
  };
  const outcome = await runAction(async ({ call }) => (await call.organizations.update({ organization, ...input })).slug);
  if (outcome.kind === "refused") return outcome;
  if (outcome.value !== organization) redirect(organizationUrls(outcome.value).settings());
  refresh();
  return { kind: "done", value: null };
}
