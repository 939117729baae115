"use server";

import type { ChangedPasswordView } from "@landfall/schema/views/session";
import { cookies, headers } from "next/headers";
import { refresh } from "next/cache";
import { act, type Outcome, textOf } from "../../page-data/act.ts";
import { setCookies } from "../../page-data/set-cookies.ts";
import { runningApp } from "../../running-app.ts";

/** Changes the viewer's password and replaces their session; returns what that ended. */
export async function changePassword(_before: Outcome<ChangedPasswordView>, form: FormData): Promise<Outcome<ChangedPasswordView>> {
  const newPassword = textOf(form, "newPassword");
  if (newPassword !== textOf(form, "again")) {
    return { kind: "refused", code: "invalid", message: null, fields: { again: "This is not the same as the new password." } };
  }
  return act(async () => {
    const given = { currentPassword: textOf(form, "currentPassword"), newPassword, revokeTokens: textOf(form, "revokeTokens") === "yes" };
    const { ended, revokedTokens, cookies: made } = await runningApp().changePassword(await headers(), given);
    setCookies(await cookies(), made);
    refresh();
    return { ended, revokedTokens };
  });
}
