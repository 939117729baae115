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
 * Query of the audit log. `actor`: a label ("user:3", "token:12", "system") or the address of a member. `action`: "release.update",
 * or "release" for everything done to releases. `target`: exactly a version, slug or name. `from` counts, `to` does not.
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

/** Query of what happened to a release. */
export const ListActivityInput = z.object(pageParams);

/** Something that happened to a release. */
export const ActivityView = z.object({
  id: z.string(),
  kind: z.enum(["created", "linked", "changed", "finalized", "archived", "restored", "notes", "deployed", "other"]),
  date: z.iso.datetime(),
  /** Null where it was not recorded. */
  actor: ActorView.nullable(),
  /** The recorded action, as "release.update"; null for what is told by the release or a deploy itself. */
  action: z.string().nullable(),
  /** The fields that were given new values; `before` only where it was recorded. */
  changes: z.array(z.object({ field: z.string(), value: z.unknown(), before: z.unknown().optional() })),
  deploy: DeployBriefView.nullable(),
});

export type ActivityView = z.infer<typeof ActivityView>;
