import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { runningApp, type Viewer } from "../running-app.ts";

/** Whoever looks at this page, found once per request; null for nobody. */
export const currentViewer = cache(async (): Promise<Viewer | null> => runningApp().viewer(await headers()));

/** Whoever looks at this page; anybody else is sent to sign in, and back to `path` after it. */
export async function signedInViewer(path: string): Promise<Viewer> {
  const viewer = await currentViewer();
  return viewer ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}
