import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import type { Outcome } from "./outcome.ts";

/** What a server action answers. Where no answer comes, a refusal that says so: the page and what was typed on it stay. */
export async function callAction<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    return { kind: "refused", code: "unavailable", message: noResponseMessage(error), fields: {} };
  }
}

/** What to tell somebody whose form got no answer. Throws on what is Next's own: being sent to another page. */
export function noResponseMessage(error: unknown): string {
  unstable_rethrow(error);
  if (unstable_isUnrecognizedActionError(error))
    return "The server is newer than this page. Copy what you typed, reload the page, and send it again.";
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : "";
  if (digest !== "") return `The server failed at this; the reason is in its log as digest ${digest}. What you typed is still here.`;
  return "The server gave no answer, so this may not have been done. What you typed is still here: look, then send it again.";
}
