import * as z from "zod";
import type { Actor } from "../access/actor.ts";
import { AppError } from "../app-error.ts";
import type { Locator } from "../operation.ts";

/** Who is signed in, and at which session. */
export type SignedInUser = { readonly userId: number; readonly sessionId: number };

/** The caller as somebody signed in. Throws `forbidden` for a token: one that leaked must not learn of sessions or end them. */
export function requireSession(actor: Actor): SignedInUser {
  if (actor.kind === "user" && actor.sessionId !== undefined) return { userId: actor.userId, sessionId: actor.sessionId };
  throw new AppError("forbidden", "Only somebody who is signed in may do this; a token may not.");
}

/** An operation about whoever is signed in. 403 for tokens. */
export const atSignedIn: Locator<Record<never, never>, SignedInUser> = {
  params: z.object({}),
  locate: async ({ actor }) => requireSession(actor),
};
