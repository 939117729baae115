"use server";

import { isRole } from "@landfall/schema/scope";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { act, type Outcome, textOf } from "../../../../../page-data/act.ts";

/** Gives a member another role. */
export async function changeRole(form: FormData): Promise<Outcome> {
  const [organization, member, role] = [textOf(form, "organization"), textOf(form, "member"), textOf(form, "role")];
  if (!isRole(role)) return { kind: "refused", code: "invalid", message: null, fields: { role: "Choose one of the roles." } };
  return act(async ({ call }) => {
    await call.members.updateRole({ organization, member, role });
    refresh();
    return null;
  });
}

/** Removes a member, and with `revokeTokens` the tokens they created; leads away from the pages of an organization they left themselves. */
export async function removeMember(form: FormData): Promise<Outcome> {
  const [organization, member] = [textOf(form, "organization"), textOf(form, "member")];
  const revokeTokens = textOf(form, "revokeTokens") === "yes";
  const outcome = await act(async ({ call, userId }) => {
    await call.members.remove({ organization, member, revokeTokens });
    return member === String(userId);
  });
  if (outcome.kind === "refused") return outcome;
  if (outcome.value) redirect("/");
  refresh();
  return { kind: "done", value: null };
}

/** An invitation's link, shown this once. */
export type ShownInvitation = { readonly email: string; readonly url: string; readonly dateExpires: string };

/** Invites whoever has an address. */
export async function invite(form: FormData): Promise<Outcome<ShownInvitation>> {
  const [organization, role, team] = [textOf(form, "organization"), textOf(form, "role"), textOf(form, "team")];
  if (!isRole(role)) return { kind: "refused", code: "invalid", message: null, fields: { role: "Choose one of the roles." } };
  return act(async ({ call }) => {
    const made = await call.invitations.create({ organization, email: textOf(form, "email"), role, ...(team === "" ? {} : { team }) });
    refresh();
    return { email: made.email, url: made.url, dateExpires: made.dateExpires };
  });
}

/** Takes an invitation back. */
export async function takeBackInvitation(form: FormData): Promise<Outcome> {
  const [organization, invitation] = [textOf(form, "organization"), textOf(form, "invitation")];
  return act(async ({ call }) => {
    await call.invitations.revoke({ organization, invitation });
    refresh();
    return null;
  });
}
