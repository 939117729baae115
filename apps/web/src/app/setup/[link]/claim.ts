"use server";

import { runningApp } from "../../../running-app.ts";
import type { SetUpOutcome } from "../../../serving/set-up.ts";

/** What was typed, but the password, so that a refused form keeps it. */
export type Typed = { readonly name: string; readonly email: string };

export type Claim = { readonly outcome: SetUpOutcome | null; readonly typed: Typed };

/** Takes the form of the setup page. The link is the permission; the server checks it. */
export async function claim(_before: Claim, form: FormData): Promise<Claim> {
  const typed = { name: text(form, "name"), email: text(form, "email") };
  return { outcome: await runningApp().setUp(text(form, "link"), { ...typed, password: text(form, "password") }), typed };
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
