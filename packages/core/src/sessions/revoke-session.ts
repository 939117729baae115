import { NoInput } from "@landfall/schema/inputs/nothing";
import { SCOPES } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import * as z from "zod";
import { notFound } from "../app-error.ts";
import { mutation, type Locator } from "../operation.ts";
import { readId } from "../read-id.ts";
import { endSessions } from "./end-sessions.ts";
import { type SignedInUser, requireSession } from "./at-signed-in.ts";

const SessionParams = z.object({ session: z.string().describe("The session's id.") });

const atOwnSession: Locator<z.output<typeof SessionParams>, SignedInUser & { readonly id: number }> = {
  params: SessionParams,
  locate: async ({ actor }, { session }) => ({ ...requireSession(actor), id: readId(session) }),
};

/**
 * Ends one of the caller's own sessions at once, the one they call from included. Throws 403 unless the caller is signed in, 404 for a
 * session that is not theirs or that is over.
 */
export const revokeSession = mutation({
  scope: SCOPES,
  at: atOwnSession,
  input: NoInput,
  run: async (on): Promise<void> => {
    const ended = await endSessions(on, on.at.userId, eq(on.tx.tables.sessions.id, on.at.id));
    if (ended === 0) throw notFound();
  },
});
