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

/** How many sessions of the caller were ended. */
export const EndedSessionsView = z.object({ ended: z.number().int() });
export type EndedSessionsView = z.infer<typeof EndedSessionsView>;
