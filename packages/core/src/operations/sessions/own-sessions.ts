import type { SessionRow } from "@landfall/db/tables/schema";
import { NoInput } from "@landfall/schema/fields/query";
import { instant } from "@landfall/schema/instant";
import { type EndedSessionsView, ListSessionsInput, type SessionView } from "@landfall/schema/organizations/accounts";
import type { Page } from "@landfall/schema/page";
import { SCOPES } from "@landfall/schema/scope";
import { and, desc, eq, gt, ne } from "drizzle-orm";
import * as z from "zod";
import { atSignedIn, requireSession, type SignedInUser } from "../../access/authenticate-session.ts";
import { notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { type Locator, mutation, query } from "../../kernel/operation.ts";
import { endSessions } from "../../records/accounts/sessions.ts";

/** Lists the caller's sessions, the newest first. Throws 403 unless the caller is signed in. */
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

const SessionParams = z.object({ session: z.string().describe("The session's id.") });

const atOwnSession: Locator<z.output<typeof SessionParams>, SignedInUser & { readonly id: number }> = {
  params: SessionParams,
  locate: async ({ actor }, { session }) => ({ ...requireSession(actor), id: readId(session) }),
};

/**
 * Ends one of the caller's sessions, which may be the current one. Throws 403 unless the caller is signed in, and 404 for a session that is not
 * theirs or has ended.
 */
export const revokeSession = mutation({
  scope: SCOPES,
  at: atOwnSession,
  input: NoInput,
  run: async (on): Promise<void> => {
    const ended = await endSessions(on, on.at.userId, eq(on.tx.tables.sessions.id, on.at.id));
    if (ended === 0) throw notFound("This session does not exist or has ended.");
  },
});

/** Ends every session of the caller but the current one. Throws 403 unless the caller is signed in. */
export const revokeOtherSessions = mutation({
  scope: SCOPES,
  at: atSignedIn,
  input: NoInput,
  run: async (on): Promise<EndedSessionsView> => {
    const { userId, sessionId } = on.at;
    return { ended: await endSessions(on, userId, ne(on.tx.tables.sessions.id, sessionId)) };
  },
});

/** Describes a session for its owner; `currentId` is the session of the request. */
const describeSession = (row: SessionRow, currentId: number): SessionView => ({
  id: String(row.id),
  isCurrent: row.id === currentId,
  ipAddress: row.ipAddress,
  userAgent: row.userAgent,
  dateCreated: instant(row.dateCreated),
  dateLastUsed: instant(row.dateLastUsed),
  dateExpires: instant(row.dateExpires),
});
