"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { setCookies } from "../../page-data/set-cookies.ts";
import { runningApp } from "../../running-app.ts";

/** Signs out whoever sent it. */
export async function signOut(): Promise<void> {
  setCookies(await cookies(), await runningApp().signOut(await headers()));
  redirect("/sign-in");
}
