"use server";

import { safePath } from "@landfall/auth/sign-in-page";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { runningApp } from "#server/pages/running-app.ts";
import { formText, setCookies } from "#server/pages/server-action.ts";

/** What became of the form of the sign-in page, with what was typed but the password. */
export type SignInAnswer = { readonly email: string; readonly message: string | null; readonly fields: Readonly<Record<string, string>> };

/** Takes the form of the sign-in page; leads on when it was right. */
export async function signIn(_before: SignInAnswer, form: FormData): Promise<SignInAnswer> {
  const email = formText(form, "email");
  const outcome = await runningApp().signIn(await headers(), { email, password: formText(form, "password") });
  if (outcome.kind === "refused") return { email, message: outcome.message, fields: outcome.fields };
  setCookies(await cookies(), outcome.cookies);
  redirect(safePath(formText(form, "next")));
}

/** Signs out whoever sent it. */
export async function signOut(): Promise<void> {
  setCookies(await cookies(), await runningApp().signOut(await headers()));
  redirect("/sign-in");
}
