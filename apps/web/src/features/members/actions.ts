"use server";

import { isRole } from "@landfall/schema/scope";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { formText, runAction, runChange } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Changes a member's role. */
export async function changeRole(form: FormData): Promise<Outcome> {
  const [organization, member, role] = [formText(form, "organization"), formText(form, "member"), formText(form, "role")];
  if (!isRole(role)) return { kind: "refused", code: "invalid", message: null, fields: { role: "Choose a role." } };
  return runChange(({ call }) => call.members.updateRole({ organization, member, role }));
}

/** Removes a member, and with `revokeTokens` also revokes the tokens they created. Redirects to the start page if the viewer has left. */
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

/** A new invitation. Its link is shown only once. */
export type CreatedInvitation = { readonly email: string; readonly url: string; readonly dateExpires: string };

/** Creates an invitation for an email address. */
export async function invite(form: FormData): Promise<Outcome<CreatedInvitation>> {
  const [organization, role, team] = [formText(form, "organization"), formText(form, "role"), formText(form, "team")];
  if (!isRole(role)) return { kind: "refused", code: "invalid", message: null, fields: { role: "Choose a role." } };
  return runAction(async ({ call }) => {
    const invitation = await call.invitations.create({ organization, email: formText(form, "email"), role, team: team || undefined });
    refresh();
    return { email: invitation.email, url: invitation.url, dateExpires: invitation.dateExpires };
  });
}

/** Revokes an invitation. */
export async function revokeInvitation(form: FormData): Promise<Outcome> {
  const [organization, invitation] = [formText(form, "organization"), formText(form, "invitation")];
  return runChange(({ call }) => call.invitations.revoke({ organization, invitation }));
}
