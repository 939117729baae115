"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { formText } from "../../../page-data/act.ts";
import { setCookies } from "../../../page-data/set-cookies.ts";
import { runningApp } from "../../../running-app.ts";
import type { FormErrors } from "../../../serving/refusal.ts";
import { organizationUrls } from "../../../ui/addresses.ts";

/** Makes the account of whoever was invited, signs them in, and leads on to the organization. */
export async function joinOrganization(_before: (FormErrors & { readonly name: string }) | null, form: FormData) {
  const running = runningApp();
  const [name, password] = [formText(form, "name"), formText(form, "password")];
  const outcome = await running.join(formText(form, "secret"), { name, password });
  if (outcome.kind === "refused") return { ...outcome, name };
  const signedIn = await running.signIn(await headers(), { email: outcome.email, password });
  if (signedIn.kind === "signedIn") setCookies(await cookies(), signedIn.cookies);
  redirect(organizationUrls(outcome.organization).home);
}
