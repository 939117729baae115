"use server";

import { isRole } from "@landfall/schema/scope";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Gives a member another role. */
export async function changeRole(form: FormData): Promise<Outcome> {
  const [organization, member, role] = [formText(form, "organization"), formText(form, "member"), formText(form, "role")];
  if (!isRole(role)) return { kind: "refused", code: "invalid", message: null, fields: { role: "Choose one of the roles." } };
  return runAction(async ({ call }) => {
    await call.members.updateRole({ organization, member, role });
    refresh();
    return null;
  });
}

/** Removes a member, and with `revokeTokens` the tokens they created; leads away from the pages of an organization they left themselves. */
export async function removeMember(form: FormData): Promise<Outcome> {
  const [organization, member] = [formText(form, "organization"), formText(form, "member")];
  const revokeTokens = formText(form, "revokeTokens") === "yes";
  const outcome = await runAction(async ({ call, userId }) => {
    await call.members.remove({ organization, member, revokeTokens });
    return member === String(userId);
  });
  if (outcome.kind === "refused") return outcome;
  if (outcome.value) redirect("/");
  refresh();
  return { kind: "done", value: null };
}

/** An invitation's link, shown this once. */
export type CreatedInvitation = { readonly email: string; readonly url: string; readonly dateExpires: string };

/** Invites whoever has an address. */
export async function invite(form: FormData): Promise<Outcome<CreatedInvitation>> {
  const [organization, role, team] = [formText(form, "organization"), formText(form, "role"), formText(form, "team")];
  if (!isRole(role)) return { kind: "refused", code: "invalid", message: null, fields: { role: "Choose one of the roles." } };
  return runAction(async ({ call }) => {
    const made = await call.invitations.create({ organization, email: formText(form, "email"), role, ...(team === "" ? {} : { team }) });
    refresh();
    return { email: made.email, url: made.url, dateExpires: made.dateExpires };
  });
}

/** Takes an invitation back. */
export async function revokeInvitation(form: FormData): Promise<Outcome> {
  const [organization, invitation] = [formText(form, "organization"), formText(form, "invitation")];
  return runAction(async ({ call }) => {
    await call.invitations.revoke({ organization, invitation });
    refresh();
    return null;
  });
}
