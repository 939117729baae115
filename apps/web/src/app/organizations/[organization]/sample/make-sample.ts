"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { runningApp } from "../../../../running-app.ts";
import { organizationUrls } from "../../../../ui/addresses.ts";

/** Makes the organization of sample data, which takes about a second, and goes there; answers why there is none. */
export async function createSample(_before: string | null): Promise<string> {
  const outcome = await runningApp().createSample(await headers());
  if (outcome.kind === "refused") return outcome.message;
  redirect(organizationUrls(outcome.organization).home);
}
