"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { formText } from "../../page-data/act.ts";
import { setCookies } from "../../page-data/set-cookies.ts";
import { runningApp } from "../../running-app.ts";
import { safePath } from "@landfall/auth/safe-path";

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
