import { listSessions } from "@landfall/core/sessions/list-sessions";
import { revokeOtherSessions } from "@landfall/core/sessions/revoke-other-sessions";
import { revokeSession } from "@landfall/core/sessions/revoke-session";
import { mutationOf, queryOf, router } from "../trpc.ts";

/** Where the caller is signed in. */
export const sessionsRouter = router({
  list: queryOf(listSessions),
  revoke: mutationOf(revokeSession),
  revokeOthers: mutationOf(revokeOtherSessions),
});
