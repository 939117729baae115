"use server";

import { cookies, headers } from "next/headers";
import { textOf } from "../../../page-data/act.ts";
import { setCookies } from "../../../page-data/set-cookies.ts";
import { runningApp } from "../../../running-app.ts";
import type { Newcomer } from "../../../serving/set-up.ts";

/** What was typed, but the password, so that a refused form keeps it. */
export type Typed = Omit<Newcomer, "password">;

/** The new token, shown this once, or what to mend. */
export type Claim =
  | { readonly kind: "made"; readonly email: string; readonly token: string; readonly organization: string; readonly project: string }
  | { readonly kind: "refused"; readonly message: string | null; readonly fields: Readonly<Record<string, string>>; readonly typed: Typed };

/** Takes the form of the setup page, and signs the new administrator in. The link is the permission; the server checks it. */
export async function claim(_before: Claim | null, form: FormData): Promise<Claim> {
  const typed: Typed = {
    name: textOf(form, "name"),
    email: textOf(form, "email"),
    organizationName: textOf(form, "organizationName"),
    organizationSlug: textOf(form, "organizationSlug"),
    projectSlug: textOf(form, "projectSlug"),
  };
  const password = textOf(form, "password");
  const running = runningApp();
  const outcome = await running.setUp(textOf(form, "link"), { ...typed, password });
  if (outcome.kind === "refused") return { ...outcome, typed };
  const signedIn = await running.signIn(await headers(), { email: outcome.email, password });
  if (signedIn.kind === "signedIn") setCookies(await cookies(), signedIn.cookies);
  return { ...outcome, project: outcome.project ?? "" };
}
