import { NoInput } from "@landfall/schema/inputs/nothing";
import { SCOPES } from "@landfall/schema/scope";
import type { EndedSessionsView } from "@landfall/schema/views/session";
import { ne } from "drizzle-orm";
import { mutation } from "../operation.ts";
import { atSignedIn } from "./at-signed-in.ts";
import { endSessions } from "./end-sessions.ts";

/** Ends every session of the caller but the one they call from. Throws 403 unless the caller is signed in. */
export const revokeOtherSessions = mutation({
  scope: SCOPES,
  at: atSignedIn,
  input: NoInput,
  run: async (on): Promise<EndedSessionsView> => {
    const { userId, sessionId } = on.at;
    return { ended: await endSessions(on, userId, ne(on.tx.tables.sessions.id, sessionId)) };
  },
});
