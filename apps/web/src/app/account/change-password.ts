"use server";

import { act, type Outcome, textOf } from "../../page-data/act.ts";

/** Gives the viewer another password; answers how many other sessions that ended. */
export async function changePassword(_before: Outcome<number>, form: FormData): Promise<Outcome<number>> {
  const newPassword = textOf(form, "newPassword");
  if (newPassword !== textOf(form, "again")) {
    return { kind: "refused", code: "invalid", message: null, fields: { again: "This is not the same as the new password." } };
  }
  return act(async ({ call }) => {
    const { ended } = await call.password.change({ currentPassword: textOf(form, "currentPassword"), newPassword });
    return ended;
  });
}
