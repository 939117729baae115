import * as z from "zod";
import { DeployBriefView } from "../brief.ts";
import { dateTime } from "../fields/dates.ts";
import { pageParams, queryText } from "../fields/query.ts";

/** Every action that the audit log records, as noun.verb. The log may also have actions of other versions of the server. */
const AUDIT_ACTIONS = [
  "archive.upload",
  "bundle.delete",
  "bundle.upload",
  "deploy.create",
  "environment.order",
  "environment.update",
  "file.delete",
  "file.rename",
  "file.upload",
  "identity.link",
  "invitation.create",
  "invitation.revoke",
  "member.join",
  "member.remove",
  "member.update",
  "notes.save",
  "organization.create",
  "organization.delete",
  "organization.purge",
  "organization.restore",
  "organization.set_quota",
  "organization.update",
  "person.import_mailmap",
  "person.merge",
  "person.separate",
  "project.create",
  "project.release_token",
  "project.update",
  "release.clear_commits",
  "release.create",
  "release.delete",
  "release.edit",
  "release.link",
  "release.set_commits",
  "release.set_refs",
  "release.update",
  "repository.delete",
  "repository.merge",
  "repository.update",
  "retention.run",
  "retention.update",
  "session.create",
  "session.end",
  "setup_link.create",
  "team.add_member",
  "team.add_project",
  "team.create",
  "team.remove_member",
  "team.remove_project",
  "token.create",
  "token.revoke",
  "token.rotate",
  "user.change_password",
  "user.create",
  "user.reset_password",
  "user.set_password",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

const ACTION_SET: ReadonlySet<string> = new Set(AUDIT_ACTIONS);

/** Whether this version records the action. */
export const isAuditAction = (action: string): action is AuditAction => ACTION_SET.has(action);

/** What an action is about: "release" for "release.update". */
export const auditNoun = (action: string): string => action.slice(0, action.indexOf("."));

/** What the actions are about, each noun once, in alphabetical order. */
export const AUDIT_NOUNS: readonly string[] = [...new Set(AUDIT_ACTIONS.map(auditNoun))];

/**
 * Query of the audit log. `actor`: a label ("user:3", "token:12", "system") or the email address of a member. `action`: "release.update",
 * or "release" for all actions on releases. `target`: exactly a version, slug or name. `from` is inclusive, `to` is exclusive.
 */
export const ListAuditInput = z.object({
  actor: queryText().optional(),
  action: queryText().optional(),
  target: queryText().optional(),
  from: dateTime().optional(),
  to: dateTime().optional(),
  ...pageParams,
});

export type ListAuditInput = z.output<typeof ListAuditInput>;

/** The actor of an audit event. */
export const ActorView = z.object({
  /** As the log stores it: "user:3", "token:12", "hook:7" (a project's webhook), "system". */
  label: z.string(),
  kind: z.enum(["user", "token", "hook", "system"]),
  /** The current name; the label if the actor no longer exists. */
  name: z.string(),
  email: z.string().nullable(),
});

export type ActorView = z.infer<typeof ActorView>;

/** An audit event. */
export const AuditView = z.object({
  id: z.string(),
  date: z.iso.datetime(),
  actor: ActorView,
  action: z.string(),
  target: z.string(),
  /** The previous values, if they were recorded. */
  before: z.unknown(),
  /** The new values: all recorded details of the change. */
  after: z.unknown(),
  requestId: z.string().nullable(),
});

export type AuditView = z.infer<typeof AuditView>;

/** Query of a release's activity. */
export const ListActivityInput = z.object(pageParams);

/** An entry of a release's activity. */
export const ActivityView = z.object({
  id: z.string(),
  kind: z.enum(["created", "linked", "changed", "finalized", "archived", "restored", "notes", "deployed", "other"]),
  date: z.iso.datetime(),
  /** Null if it was not recorded. */
  actor: ActorView.nullable(),
  /** The recorded action, such as "release.update"; null for entries derived from the release or a deploy. */
  action: z.string().nullable(),
  /** The changed fields; `before` only if it was recorded. */
  changes: z.array(z.object({ field: z.string(), value: z.unknown(), before: z.unknown().optional() })),
  deploy: DeployBriefView.nullable(),
});

export type ActivityView = z.infer<typeof ActivityView>;
