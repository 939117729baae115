"use server";

import { safePath } from "@landfall/auth/sign-in-page";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { runningApp } from "#server/pages/running-app.ts";
import { formText, setCookies } from "#server/pages/server-action.ts";

/** Why signing in failed, with the email address to fill in again. */
export type SignInState = { readonly email: string; readonly message: string | null; readonly fields: Readonly<Record<string, string>> };

/** Handles the sign-in form. Redirects to the requested page if the password is correct. */
export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const email = formText(form, "email");
  const outcome = await runningApp().signIn(await headers(), { email, password: formText(form, "password") });
  if (outcome.kind === "refused") return { email, message: outcome.message, fields: outcome.fields };
  setCookies(await cookies(), outcome.cookies);
  redirect(safePath(formText(form, "next")));
}

/** Signs the viewer out. */
export async function signOut(): Promise<void> {
  setCookies(await cookies(), await runningApp().signOut(await headers()));
  redirect("/sign-in");
}
