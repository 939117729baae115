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
