"use server";

import type { ChangedPasswordView } from "@landfall/schema/views/session";
import { cookies, headers } from "next/headers";
import { refresh } from "next/cache";
import { runAction, formText } from "../../page-data/act.ts";
import type { Outcome } from "../../page-data/outcome.ts";
import { setCookies } from "../../page-data/set-cookies.ts";
import { runningApp } from "../../running-app.ts";

/** Changes the viewer's password and replaces their session; returns what that ended. */
export async function changePassword(_before: Outcome<ChangedPasswordView>, form: FormData): Promise<Outcome<ChangedPasswordView>> {
  const newPassword = formText(form, "newPassword");
  if (newPassword !== formText(form, "again")) {
    return { kind: "refused", code: "invalid", message: null, fields: { again: "This is not the same as the new password." } };
  }
  return runAction(async () => {
    const given = { currentPassword: formText(form, "currentPassword"), newPassword, revokeTokens: formText(form, "revokeTokens") === "yes" };
    const { ended, revokedTokens, cookies: made } = await runningApp().changePassword(await headers(), given);
    setCookies(await cookies(), made);
    refresh();
    return { ended, revokedTokens };
  });
}
