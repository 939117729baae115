import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { runningApp, type Viewer } from "../running-app.ts";

/**
 * The person who looks at this page, found once per request; null for nobody. A page that is rendered as the answer to a server action has
 * the cookies that the action set, which the headers of the request do not know: it may have replaced the session.
 */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const [sent, jar] = [await headers(), await cookies()];
  return runningApp().viewer({ get: (name) => (name === "cookie" ? jar.toString() : sent.get(name)) });
});

/** Whoever looks at this page; anybody else is sent to sign in, and back to `path` after it. */
export async function signedInViewer(path: string): Promise<Viewer> {
  const viewer = await currentViewer();
  return viewer ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}
