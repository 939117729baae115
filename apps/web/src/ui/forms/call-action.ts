import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import type { Outcome } from "./outcome.ts";

/** Calls a server action. Returns its outcome, or a refusal with `noResponseMessage` if there was no response. */
export async function callAction<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    return { kind: "refused", code: "unavailable", message: noResponseMessage(error), fields: {} };
  }
}

/** Returns the message for a form that got no response. @throws Next's own errors, such as a redirect. */
export function noResponseMessage(error: unknown): string {
  unstable_rethrow(error);
  if (unstable_isUnrecognizedActionError(error))
    return "The server is newer than this page. Copy what you typed, reload the page, and submit it again.";
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : "";
  if (digest !== "") return `The server failed. The cause is in its log under digest ${digest}. What you typed is still here.`;
  return "No response from the server, so this may not have been done. What you typed is still here. Check, then submit it again.";
}

/** Returns form data with these fields. */
export function toFormData(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
