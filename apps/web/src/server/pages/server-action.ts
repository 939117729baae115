import type { CookieToSet } from "@landfall/auth/cookies";
import { forbidden, notFound } from "@landfall/core/kernel/app-error";
import { type cookies, headers } from "next/headers";
import type { Failure, Outcome } from "#ui/forms/outcome.ts";
import { failureOf } from "./failure.ts";
import { runningApp, type Viewer } from "./running-app.ts";

/**
 * Does something for whoever sent a server action. What they may mend is answered, at its field where it has one; bugs are thrown.
 * Nobody but a page of this server may send one.
 */
export async function runAction<T>(work: (viewer: Viewer) => Promise<T>): Promise<Exclude<Outcome<T>, null>> {
  try {
    const viewer = await runningApp().viewer(await headers(), { acts: true });
    if (!viewer) return { kind: "refused", code: "unauthenticated", message: SIGNED_OUT, fields: {} };
    return { kind: "done", value: await work(viewer) };
  } catch (error) {
    return { kind: "refused", ...withNextStep(failureOf(error)) };
  }
}

const SIGNED_OUT = "You are not signed in any more. Sign in again in another tab, then send this once more: nothing you typed is lost.";

/** In place of the wire's texts for everything that is refused or missing, which name no next step for a person at a page. */
function withNextStep(failure: Failure): Failure {
  if (failure.message === forbidden().message)
    return { ...failure, message: "You may not do this here. Ask an owner or manager of the organization." };
  if (failure.message === notFound().message) return { ...failure, message: "This is not there any more. Reload the page to see what is." };
  return failure;
}

/** A text field of a form; empty when it was not sent. */
export function formText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** All values of a field that may be sent several times. */
export const formTexts = (form: FormData, name: string): string[] => form.getAll(name).filter((value) => typeof value === "string");

/** Sets cookies on the answer of a server action. */
export function setCookies(jar: Awaited<ReturnType<typeof cookies>>, list: readonly CookieToSet[]): void {
  for (const { name, value, ...attributes } of list) jar.set(name, value, attributes);
}
