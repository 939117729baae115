import { formatInstant } from "@landfall/domain/format";
import { type AuditAction, isAuditAction } from "@landfall/schema/organizations/audit";

/** Each action as a verb phrase that the target follows. */
const ACTIONS: Readonly<Record<AuditAction, string>> = {
  "archive.upload": "uploaded an archive to",
  "bundle.delete": "deleted a bundle of",
  "bundle.upload": "uploaded a bundle to",
  "deploy.create": "recorded a deploy of",
  "environment.order": "ordered the environments",
  "environment.update": "changed the environment",
  "file.delete": "deleted files of",
  "file.rename": "renamed a file of",
  "file.upload": "uploaded a file to",
  "identity.link": "linked a provider's account to",
  "invitation.create": "invited",
  "invitation.revoke": "revoked the invitation of",
  "member.join": "joined as",
  "member.remove": "removed the member",
  "member.update": "changed the role of",
  "notes.save": "edited the notes of",
  "organization.create": "created the organization",
  "organization.delete": "removed the organization",
  "organization.purge": "deleted the removed organization",
  "organization.restore": "restored the organization",
  "organization.set_quota": "changed the storage quota",
  "organization.update": "changed the organization",
  "person.import_mailmap": "imported",
  "person.merge": "merged the email addresses of",
  "person.separate": "separated the email address",
  "project.create": "created the project",
  "project.release_token": "created a release webhook for",
  "project.update": "changed the project",
  "release.clear_commits": "removed the commits of",
  "release.create": "created the release",
  "release.delete": "deleted the release",
  "release.edit": "edited the release",
  "release.link": "added projects to the release",
  "release.set_commits": "set the commits of",
  "release.set_refs": "set the head commits of",
  "release.update": "changed the release",
  "repository.delete": "removed the repository",
  "repository.merge": "merged the repository",
  "repository.update": "changed the repository",
  "retention.run": "deleted artifacts by the retention rule of",
  "retention.update": "changed the retention rule of",
  "session.create": "signed in as",
  "session.end": "ended a session of",
  "setup_link.create": "created a setup link for",
  "team.add_member": "added a member to the team",
  "team.add_project": "added a project to the team",
  "team.create": "created the team",
  "team.remove_member": "removed a member from the team",
  "team.remove_project": "removed a project from the team",
  "token.create": "created the token",
  "token.revoke": "revoked the token",
  "token.rotate": "rotated the token",
  "user.change_password": "changed the password of",
  "user.create": "created the account",
  "user.reset_password": "reset the password of",
  "user.set_password": "set the password of",
};

/** Describes an action, to be followed by its target: "revoked the token". Actions of newer versions are quoted. */
export const describeAction = (action: string): string => (isAuditAction(action) ? ACTIONS[action] : `performed “${action}” on`);

/** A changed field with its values before (null if not recorded) and after. */
export type AuditChange = { readonly field: string; readonly before: string | null; readonly after: string };

/** Returns the changed fields of an audit event as text. */
export function auditChanges({ before, after }: { readonly before?: unknown; readonly after?: unknown }): readonly AuditChange[] {
  const [old, current] = [fieldsOf(before), fieldsOf(after)];
  if (old === null && current !== null && "from" in current && "to" in current) {
    const { from, to, ...rest } = current;
    return [{ field: "role", before: recordedText(from), after: recordedText(to) }, ...auditChanges({ after: rest })];
  }
  if (current === null)
    return after === null || after === undefined ? [] : [{ field: "text", before: textOrNull(before), after: recordedText(after) }];
  return [...new Set([...Object.keys(old ?? {}), ...Object.keys(current)])].map((field) => ({
    field: fieldLabel(field),
    before: old === null ? null : recordedText(ownValue(old, field)),
    after: recordedText(ownValue(current, field)),
  }));
}

/** Fields that are left out of summaries. */
const OMITTED_FIELDS = /(?:^| )ids?$|^last characters$|^invitation$/;

/** The most fields in a summary. */
const MAX_CHANGES = 3;

/** Summarizes changes: "name web → Web; platform none → node", or the recorded fields without ids. */
export function summarizeChanges(changes: readonly AuditChange[]): string {
  const changed = changes.filter(({ before }) => before !== null);
  const recorded = changes.filter(({ field, after }) => !OMITTED_FIELDS.test(field) && after !== "none");
  return (changed.length > 0 ? changed : recorded)
    .slice(0, MAX_CHANGES)
    .map(({ field, before, after }) => (before === null ? `${field} ${after}` : `${field} ${before} → ${after}`))
    .join("; ");
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value));
}

/** Returns an own field of a recorded object, not one inherited from `Object`. */
const ownValue = (fields: Readonly<Record<string, unknown>>, field: string): unknown =>
  Object.hasOwn(fields, field) ? fields[field] : undefined;

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : recordedText(value));

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Formats a recorded value: empty as "none", lists with commas, times to the second. */
export function recordedText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "string") return INSTANT.test(value) ? formatInstant(value, "second") : value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.length === 0 ? "none" : value.join(", ");
  return JSON.stringify(value);
}

/** Labels of fields whose names are unclear. */
const FIELD_LABELS: Readonly<Record<string, string>> = { commitCount: "commits", ended: "sessions ended" };

/** Returns "date expires" for `dateExpires`, "archived" for `isArchived`. */
const fieldLabel = (field: string): string =>
  (Object.hasOwn(FIELD_LABELS, field) ? FIELD_LABELS[field] : undefined) ??
  field
    .replace(/^is([A-Z])/, (_, start: string) => start.toLowerCase())
    .replaceAll("_", " ")
    .replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
