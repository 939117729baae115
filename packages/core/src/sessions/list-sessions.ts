import { ListSessionsInput } from "@landfall/schema/inputs/session";
import { SCOPES } from "@landfall/schema/scope";
import type { Page } from "@landfall/schema/views/page";
import type { SessionView } from "@landfall/schema/views/session";
import { and, desc, eq, gt } from "drizzle-orm";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { atSignedIn } from "./at-signed-in.ts";
import { describeSession } from "./describe-session.ts";

/** Where the caller is signed in, the newest first. Throws 403 unless the caller is signed in themselves. */
export const listSessions = query({
  scope: SCOPES,
  at: atSignedIn,
  input: ListSessionsInput,
  run: async ({ db, at: { userId, sessionId }, now }, input): Promise<Page<SessionView>> => {
    const { sessions } = db.tables;
    const window = offsetWindow(input);
    const rows = await db
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, userId), gt(sessions.dateExpires, now)))
      .orderBy(desc(sessions.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map((row) => describeSession(row, sessionId)), ...links };
  },
});
