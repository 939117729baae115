"use server";

import { cookies, headers } from "next/headers";
import type { SetupForm } from "#server/pages/account-forms.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { formText, setCookies } from "#server/pages/server-action.ts";

/** What was typed, but the password, so that a refused form keeps it. */
type SetupFields = Omit<SetupForm, "password">;

/** The new token, shown this once, or what to mend. */
export type ClaimResult =
  | { readonly kind: "made"; readonly email: string; readonly token: string; readonly organization: string; readonly project: string }
  | {
      readonly kind: "refused";
      readonly message: string | null;
      readonly fields: Readonly<Record<string, string>>;
      readonly typed: SetupFields;
    };

/** Takes the form of the setup page, and signs the new administrator in. The link is the permission; the server checks it. */
export async function claimSetupLink(_before: ClaimResult | null, form: FormData): Promise<ClaimResult> {
  const typed: SetupFields = {
    name: formText(form, "name"),
    email: formText(form, "email"),
    organizationName: formText(form, "organizationName"),
    organizationSlug: formText(form, "organizationSlug"),
    projectSlug: formText(form, "projectSlug"),
  };
  const password = formText(form, "password");
  const running = runningApp();
  const outcome = await running.setUp(formText(form, "link"), { ...typed, password });
  if (outcome.kind === "refused") return { ...outcome, typed };
  const signedIn = await running.signIn(await headers(), { email: outcome.email, password });
  if (signedIn.kind === "signedIn") setCookies(await cookies(), signedIn.cookies);
  return { ...outcome, project: outcome.project ?? "" };
}
