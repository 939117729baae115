"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { textOf } from "../../../page-data/act.ts";
import { setCookies } from "../../../page-data/set-cookies.ts";
import { runningApp } from "../../../running-app.ts";
import type { Refused } from "../../../serving/refusal.ts";
import { addresses } from "../../../ui/addresses.ts";

/** Makes the account of whoever was invited, signs them in, and leads on to the organization. */
export async function joinOrganization(_before: (Refused & { readonly name: string }) | null, form: FormData) {
  const running = runningApp();
  const [name, password] = [textOf(form, "name"), textOf(form, "password")];
  const outcome = await running.join(textOf(form, "secret"), { name, password });
  if (outcome.kind === "refused") return { ...outcome, name };
  const signedIn = await running.signIn(await headers(), { email: outcome.email, password });
  if (signedIn.kind === "signedIn") setCookies(await cookies(), signedIn.cookies);
  redirect(addresses(outcome.organization).home);
}
