"use server";

import { refresh } from "next/cache";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Updates an organization from the form. Returns its slug, which may have changed. */
export async function updateOrganization(form: FormData): Promise<Outcome<string>> {
  const organization = formText(form, "organization");
  const input = {
    name: formText(form, "name"),
    slug: formText(form, "slug"),
    takeFormerSlug: formText(form, "takeFormerSlug") === "on",
    openMembership: formText(form, "membership") === "open",
    membersCreateTokens: formText(form, "tokens") === "members",
  };
  return runAction(async ({ call }) => {
    const { slug } = await call.organizations.update({ organization, ...input });
    if (slug === organization) refresh();
    return slug;
  });
}
