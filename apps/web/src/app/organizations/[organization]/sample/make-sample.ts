"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { runningApp } from "../../../../running-app.ts";
import { addresses } from "../../../../ui/addresses.ts";

/** Makes the organization of sample data, which takes about a second, and goes there; answers why there is none. */
export async function makeSample(_before: string | null): Promise<string> {
  const outcome = await runningApp().createSample(await headers());
  if (outcome.kind === "refused") return outcome.message;
  redirect(addresses(outcome.organization).home);
}
