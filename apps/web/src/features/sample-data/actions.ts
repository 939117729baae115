"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { runningApp } from "#server/pages/running-app.ts";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { organizationUrls } from "#ui/organization-urls.ts";

/** Creates the sample organization, which takes about a second, and redirects to it. Returns a message if it fails. */
export async function createSample(_before: string | null): Promise<string> {
  const outcome = await runningApp().createSample(await headers());
  if (outcome.kind === "refused") return outcome.message;
  redirect(organizationUrls(outcome.organization).home);
}

/** Deletes the sample organization and redirects to the start page. The operation refuses any other organization. */
export async function removeSample(_before: Outcome, form: FormData): Promise<Outcome> {
  const organization = formText(form, "organization");
  const outcome = await runAction(async ({ call }) => {
    await call.organizations.delete({ organization });
    return null;
  });
  if (outcome.kind === "refused") return outcome;
  redirect("/");
}
