import { type AuditAction, isAuditAction } from "@landfall/schema/organizations/audit";

/** Each action as a verb phrase that the target follows. */
const ACTIONS: Readonly<Record<AuditAction, string>> = {
  "archive.upload": "uploaded an archive of files to",
  "bundle.delete": "deleted a bundle of files of",
  "bundle.upload": "uploaded a bundle of files to",
  "deploy.create": "recorded a deploy of",
  "environment.update": "changed the environment",
  "file.delete": "deleted files of",
  "file.rename": "renamed a file of",
  "file.upload": "uploaded a file to",
  "identity.link": "linked a provider's account to",
  "invitation.create": "invited",
  "invitation.revoke": "took back the invitation of",
  "member.join": "joined as",
  "member.remove": "removed the member",
  "member.update": "changed the role of",
  "notes.save": "edited the notes of",
  "organization.create": "made the organization",
  "organization.delete": "deleted the organization",
  "organization.set_quota": "changed the storage quota",
  "organization.update": "changed the organization",
  "person.import_mailmap": "imported the names and addresses of",
  "person.merge": "merged the addresses of",
  "person.separate": "separated the address",
  "project.create": "made the project",
  "project.release_token": "made a release webhook for",
  "project.update": "changed the project",
  "release.clear_commits": "took the commits out of",
  "release.create": "made the release",
  "release.delete": "deleted the release",
  "release.edit": "edited the release",
  "release.link": "added projects to the release",
  "release.set_commits": "gave commits to",
  "release.set_refs": "named the last commits of",
  "release.update": "changed the release",
  "repository.delete": "removed the repository",
  "repository.update": "changed the repository",
  "retention.run": "removed artifacts by the rule of",
  "retention.update": "changed how long artifacts are kept of",
  "session.create": "signed in as",
  "session.end": "ended a session of",
  "setup_link.create": "made a setup link for",
  "team.add_member": "added a member to the team",
  "team.add_project": "gave a project to the team",
  "team.create": "made the team",
  "team.remove_member": "took a member out of the team",
  "team.remove_project": "took a project from the team",
  "token.create": "created the token",
  "token.revoke": "revoked the token",
  "token.rotate": "rotated the token",
  "user.change_password": "changed the password of",
  "user.create": "made the account",
  "user.reset_password": "reset the password of",
  "user.set_password": "set the password of",
};

/** What was done, in words that go before what it was done to: "revoked the token". An action of a newer version is told as it is called. */
export const describeAction = (action: string): string => (isAuditAction(action) ? ACTIONS[action] : `did “${action}” to`);

/** A field of something that was changed: as it was (null where that was not recorded) and as it is. */
export type AuditChange = { readonly field: string; readonly before: string | null; readonly after: string };

/** What an entry of the audit log recorded, field by field, as text. */
export function auditChanges({ before, after }: { readonly before?: unknown; readonly after?: unknown }): readonly AuditChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  if (was === null && is !== null && "from" in is && "to" in is) {
    const { from, to, ...rest } = is;
    return [{ field: "role", before: valueText(from), after: valueText(to) }, ...auditChanges({ after: rest })];
  }
  if (is === null)
    return after === null || after === undefined ? [] : [{ field: "text", before: textOrNull(before), after: valueText(after) }];
  return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is)])].map((field) => ({
    field: fieldLabel(field),
    before: was === null ? null : valueText(ownValue(was, field)),
    after: valueText(ownValue(is, field)),
  }));
}

/** Facts that say little to people. */
const OMITTED_FIELDS = /(?:^| )ids?$|^last characters$|^invitation$/;

/** The most facts a line has room for. */
const MAX_CHANGES = 3;

/** The changes in a line: "name web → Web; platform nothing → node", or what was said of it, without numbers. */
export function summarizeChanges(changes: readonly AuditChange[]): string {
  const changed = changes.filter(({ before }) => before !== null);
  const said = changes.filter(({ field, after }) => !OMITTED_FIELDS.test(field) && after !== "nothing");
  return (changed.length > 0 ? changed : said)
    .slice(0, MAX_CHANGES)
    .map(({ field, before, after }) => (before === null ? `${field} ${after}` : `${field} ${before} → ${after}`))
    .join("; ");
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value));
}

/** A recorded field; what every object inherits is none. */
const ownValue = (fields: Readonly<Record<string, unknown>>, field: string): unknown =>
  Object.hasOwn(fields, field) ? fields[field] : undefined;

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : valueText(value));

const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/;

/** A recorded value for people: nothing as "nothing", lists with commas, times to the minute. */
function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "string") return value.replace(INSTANT, "$1 $2 UTC");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.length === 0 ? "nothing" : value.join(", ");
  return JSON.stringify(value);
}

/** What people would not call by the name it is recorded under. */
const FIELD_LABELS: Readonly<Record<string, string>> = { commitCount: "commits", ended: "sessions ended" };

/** "dateExpires" as "date expires", "isArchived" as "archived". */
const fieldLabel = (field: string): string =>
  (Object.hasOwn(FIELD_LABELS, field) ? FIELD_LABELS[field] : undefined) ??
  field
    .replace(/^is([A-Z])/, (_, start: string) => start.toLowerCase())
    .replaceAll("_", " ")
    .replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
