import type { AuditRow } from "@landfall/db/rows";
import type { ActivityView } from "@landfall/schema/views/history";
import type { SortKey } from "../pagination/keyset-page.ts";
import { listId, SOURCES } from "./sources.ts";

/** Something that happened to a release, before actors and deploys are looked up. */
export type ActivityEvent = {
  readonly key: SortKey;
  readonly kind: ActivityView["kind"];
  /** The log's label. */
  readonly actor: string | null;
  readonly action: string | null;
  readonly changes: ActivityView["changes"];
  readonly deployId: number | null;
};

type ActivitySources = {
  readonly deploys: readonly { readonly id: number; readonly dateFinished: Date }[];
  readonly records: readonly AuditRow[];
  /** The release, when it is to tell itself that it was finalized. */
  readonly finalized: { readonly id: number; readonly dateReleased: Date } | null;
};

/** The events made of what was read, unsorted. */
export function toActivityEvents({ deploys, records, finalized }: ActivitySources): ActivityEvent[] {
  const untold = { actor: null, action: null, changes: [], deployId: null };
  const deployed = deploys.map(({ id, dateFinished }): ActivityEvent => ({
    ...untold,
    key: { value: dateFinished.getTime(), id: listId(SOURCES.deploy, id) },
    kind: "deployed",
    deployId: id,
  }));
  const itself = finalized ? [{ ...untold, key: finalizedKey(finalized), kind: "finalized" as const }] : [];
  return [...records.map(toAuditEvent), ...deployed, ...itself];
}

/** Where the list has it that a release was finalized. */
export const finalizedKey = ({ id, dateReleased }: { readonly id: number; readonly dateReleased: Date }): SortKey => ({
  value: dateReleased.getTime(),
  id: listId(SOURCES.finalized, id),
});

function toAuditEvent({ id, dateCreated, actor, action, details }: AuditRow): ActivityEvent {
  const changes = readChanges(action, details ?? {});
  return {
    key: { value: dateCreated.getTime(), id: listId(SOURCES.record, id) },
    kind: kindOf(action, changes),
    actor,
    action,
    changes,
    deployId: null,
  };
}

/** An edit records what was there before besides; its dates are then told as they were kept. */
function readChanges(action: string, details: NonNullable<AuditRow["details"]>): ActivityEvent["changes"] {
  if (action === "release.update") return Object.entries(details).map(([field, value]) => ({ field, value }));
  if (action !== "release.edit") return [];
  const { before, after } = details;
  return Object.entries(after ?? {}).map(([field, value]) => ({ field, value, before: valueIn(before, field) }));
}

const valueIn = (details: unknown, field: string): unknown =>
  typeof details === "object" && details !== null ? Reflect.get(details, field) : undefined;

function kindOf(action: string, changes: ActivityEvent["changes"]): ActivityView["kind"] {
  if (action === "release.create") return "created";
  if (action === "release.link") return "linked";
  if (action.startsWith("notes.")) return "notes";
  if (action !== "release.update" && action !== "release.edit") return "other";
  const valueOf = (name: string) => changes.find(({ field }) => field === name)?.value;
  if (valueOf("dateReleased") != null) return "finalized";
  if (valueOf("isArchived") === true) return "archived";
  return valueOf("isArchived") === false && changes.length === 1 ? "restored" : "changed";
}
