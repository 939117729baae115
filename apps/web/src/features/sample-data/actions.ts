"use server";

import type { RemovalPreviewView, RemovedOrganizationView } from "@landfall/schema/organizations/organizations";
import { refresh } from "next/cache";
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

/** Returns what the removal of the sample organization removes. */
export const previewSampleRemoval = async (organization: string): Promise<Outcome<RemovalPreviewView>> =>
  runAction(({ call }) => call.organizations.previewRemoval({ organization }));

/** Removes the sample organization. The operation refuses any other organization. */
export async function removeSample(form: FormData): Promise<Outcome<RemovedOrganizationView>> {
  const organization = formText(form, "organization");
  return runAction(({ call }) => call.organizations.delete({ organization }));
}

/** Restores a removed organization, by its id. Returns its slug. */
export async function restoreOrganization(form: FormData): Promise<Outcome<string>> {
  const organization = formText(form, "organization");
  return runAction(async ({ call }) => {
    const { slug } = await call.organizations.restore({ organization });
    refresh();
    return slug;
  });
}
