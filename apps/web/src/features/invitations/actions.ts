"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { runningApp } from "#server/pages/running-app.ts";
import { formText, runAction, setCookies } from "#server/pages/server-action.ts";
import type { Outcome, Refusal } from "#ui/forms/outcome.ts";
import { organizationUrls } from "#ui/organization-urls.ts";

/** Makes the viewer a member of the organization that invited them, and redirects to it. */
export async function acceptInvitation(_before: Outcome<string>, form: FormData): Promise<Outcome<string>> {
  const outcome = await runAction(async ({ call }) => {
    const { organization } = await call.invitations.accept({ secret: formText(form, "secret") });
    return organization.slug;
  });
  if (outcome.kind === "refused") return outcome;
  redirect(organizationUrls(outcome.value).home);
}

/** Creates the account of an invited person, signs them in, and redirects to the organization. */
export async function joinOrganization(_before: (Refusal & { readonly name: string }) | null, form: FormData) {
  const running = runningApp();
  const [name, password] = [formText(form, "name"), formText(form, "password")];
  const outcome = await running.join(formText(form, "secret"), { name, password });
  if (outcome.kind === "refused") return { ...outcome, name };
  const signedIn = await running.signIn(await headers(), { email: outcome.email, password });
  if (signedIn.kind === "signedIn") setCookies(await cookies(), signedIn.cookies);
  redirect(organizationUrls(outcome.organization).home);
}
