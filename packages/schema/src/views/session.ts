import * as z from "zod";

/** A place somebody is signed in at, as they see it themselves. */
export const SessionView = z.object({
  id: z.string(),
  /** Whether it is the one the question came from. */
  isCurrent: z.boolean(),
  /** The address it was made from, where that is known. */
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  dateCreated: z.iso.datetime(),
  /** To about five minutes. */
  dateLastUsed: z.iso.datetime(),
  dateExpires: z.iso.datetime(),
});
export type SessionView = z.infer<typeof SessionView>;

/** What a change of the caller's password ended: every session, also the one it came from, and the tokens if asked to. */
export const ChangedPasswordView = z.object({ ended: z.number().int(), revokedTokens: z.number().int() });
export type ChangedPasswordView = z.infer<typeof ChangedPasswordView>;

/** How many sessions of the caller were ended. */
export const EndedSessionsView = z.object({ ended: z.number().int() });
export type EndedSessionsView = z.infer<typeof EndedSessionsView>;
