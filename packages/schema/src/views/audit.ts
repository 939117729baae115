import * as z from "zod";

/** Who did something. */
export const ActorView = z.object({
  /** As the log keeps it: "user:3", "token:12", "hook:7" (a project's webhook), "system". */
  label: z.string(),
  kind: z.enum(["user", "token", "hook", "system"]),
  /** What they are called now; the label when they are gone. */
  name: z.string(),
  email: z.string().nullable(),
});
export type ActorView = z.infer<typeof ActorView>;

/** A row of the audit log. */
export const AuditView = z.object({
  id: z.string(),
  date: z.iso.datetime(),
  actor: ActorView,
  action: z.string(),
  target: z.string(),
  /** What was there before, where the change recorded it. */
  before: z.unknown(),
  /** What is there since: all the change recorded about itself. */
  after: z.unknown(),
  requestId: z.string().nullable(),
});
export type AuditView = z.infer<typeof AuditView>;
