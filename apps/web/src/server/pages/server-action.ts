import type { CookieToSet } from "@landfall/auth/cookies";
import { refresh } from "next/cache";
import { type cookies, headers } from "next/headers";
import type { Outcome } from "#ui/forms/outcome.ts";
import { refusalWithNextStep } from "./failure.ts";
import { runningApp, type Viewer } from "./running-app.ts";

/**
 * Runs `work` for the viewer who sent a server action from a page of this server. Returns its value, or why it failed, by field where
 * possible. @throws bugs.
 */
export async function runAction<T>(work: (viewer: Viewer) => Promise<T>): Promise<Exclude<Outcome<T>, null>> {
  try {
    const viewer = await runningApp().viewer(await headers(), { acts: true });
    if (!viewer) return { kind: "refused", code: "unauthenticated", message: SIGNED_OUT, fields: {} };
    return { kind: "done", value: await work(viewer) };
  } catch (error) {
    return refusalWithNextStep(error);
  }
}

/** As `runAction`, for a change without a result. Refreshes the page after it. */
export const runChange = (change: (viewer: Viewer) => Promise<unknown>): Promise<Exclude<Outcome, null>> =>
  runAction(async (viewer) => {
    await change(viewer);
    refresh();
    return null;
  });

const SIGNED_OUT = "You are signed out. Sign in again in another tab, then submit this again. Nothing you typed is lost.";

/** Returns a text field of a form; empty if it was not sent. */
export function formText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** Returns all values of a field that may be sent several times. */
export const formTexts = (form: FormData, name: string): string[] => form.getAll(name).filter((value) => typeof value === "string");

/** Sets cookies on the response of a server action. */
export function setCookies(jar: Awaited<ReturnType<typeof cookies>>, list: readonly CookieToSet[]): void {
  for (const { name, value, ...attributes } of list) jar.set(name, value, attributes);
}
