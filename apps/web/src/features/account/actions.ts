"use server";

import type { ChangedPasswordView } from "@landfall/schema/organizations/accounts";
import { refresh, revalidatePath } from "next/cache";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { runningApp } from "#server/pages/running-app.ts";
import { formText, runAction, setCookies } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { organizationUrls } from "#ui/organization-urls.ts";

/** Changes the viewer's password and replaces their session. Returns how many sessions and tokens that revoked. */
export async function changePassword(_before: Outcome<ChangedPasswordView>, form: FormData): Promise<Outcome<ChangedPasswordView>> {
  const newPassword = formText(form, "newPassword");
  if (newPassword !== formText(form, "again")) {
    return { kind: "refused", code: "invalid", message: null, fields: { again: "The passwords do not match." } };
  }
  return runAction(async () => {
    const input = {
      currentPassword: formText(form, "currentPassword"),
      newPassword,
      revokeTokens: formText(form, "revokeTokens") === "yes",
    };
    const { ended, revokedTokens, cookies: newCookies } = await runningApp().changePassword(await headers(), input);
    setCookies(await cookies(), newCookies);
    refresh();
    return { ended, revokedTokens };
  });
}

/** Creates an organization that the viewer owns, and redirects to it. */
export async function createOrganization(_before: Outcome, form: FormData): Promise<Outcome> {
  const input = { name: formText(form, "name"), slug: formText(form, "slug"), project: formText(form, "project") };
  const outcome = await runAction(async ({ call }) => (await call.organizations.create(input)).slug);
  if (outcome.kind === "refused") return outcome;
  redirect(organizationUrls(outcome.value).home);
}

/** Ends the session named by the submit button, or all but the current one for "others". */
export async function endSessions(_before: Outcome, form: FormData): Promise<Outcome> {
  const session = formText(form, "session");
  const outcome = await runAction(async ({ call }) => {
    if (session === "others") await call.sessions.revokeOthers();
    else await call.sessions.revoke({ session });
    return null;
  });
  revalidatePath("/account");
  return outcome;
}
