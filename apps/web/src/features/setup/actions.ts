"use server";

import { cookies, headers } from "next/headers";
import type { SetupForm } from "#server/pages/account-forms.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { formText, setCookies } from "#server/pages/server-action.ts";

/** The fields of the form except the password, to fill it in again after an error. */
type SetupFields = Omit<SetupForm, "password">;

/** The new token, which is shown only once, or what is wrong with the form. */
export type ClaimResult =
  | { readonly kind: "created"; readonly email: string; readonly token: string; readonly organization: string; readonly project: string }
  | {
      readonly kind: "refused";
      readonly message: string | null;
      readonly fields: Readonly<Record<string, string>>;
      readonly typed: SetupFields;
    };

/** Handles the form of the setup page, and signs the new owner in. The link is the authorization, which the server checks. */
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
