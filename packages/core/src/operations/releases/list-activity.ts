import type { Reader } from "@landfall/db/store";
import type { AuditRow, ReleaseRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import { type ActivityView, auditNoun, ListActivityInput } from "@landfall/schema/organizations/audit";
import type { Page } from "@landfall/schema/page";
import { REL_READ } from "@landfall/schema/scope";
import { and, eq, gte, inArray, like, or, sql } from "drizzle-orm";
import { atRelease } from "../../access/at-release.ts";
import { deployWithinReach, type ProjectReach, reachableProjects } from "../../access/project-reach.ts";
import { beyondKey, keysetPage, type KeysetWindow, keysetWindow, SCAN_LIMIT, type SortKey } from "../../kernel/keyset-page.ts";
import { query } from "../../kernel/operation.ts";
import { describeActors, hasNoun } from "../../records/audit.ts";
import { findDeploysWithRelease } from "../../records/deploys.ts";

/**
 * Returns the activity of a release, newest first, from three sources: its deploys to environments of projects within reach, by their finish
 * date; its finalization, by the release date; and its audit events, except those of deploys. Actors are included if the audit log has them.
 * A page reads at most its own length from each source. At most six queries, excluding those of access.
 */
export const listActivity = query({
  scope: REL_READ,
  at: atRelease,
  input: ListActivityInput,
  run: async ({ db, at: { access, release } }, input): Promise<Page<ActivityView>> => {
    const window = keysetWindow(input, "descending");
    const reach = await reachableProjects(db, access);
    const events = toActivityEvents({
      deploys: await readDeploys(db, release, reach, window),
      records: await readAuditRows(db, release, window),
      finalized: await findFinalized(db, release, window),
    });
    const inOrder = events.toSorted((a, b) => (window.backwards ? compare(a.key, b.key) : compare(b.key, a.key))).slice(0, window.limit);
    const { items, ...links } = keysetPage(window, inOrder, ({ key }) => key);
    return { items: await describeEvents(db, release.organizationId, items), ...links };
  },
});

const compare = (a: SortKey, b: SortKey): number => a.value - b.value || a.id - b.id;

const isBeyond = ({ key, backwards }: KeysetWindow, at: SortKey): boolean => (backwards ? compare(at, key) > 0 : compare(at, key) < 0);

/** Converts a window to the ids of one source. */
const sourceWindow = (window: KeysetWindow, source: Source): KeysetWindow => ({ ...window, key: idsBeyond(window, source) });

async function readDeploys(
  db: Reader,
  { id }: ReleaseRow,
  reach: ProjectReach,
  window: KeysetWindow,
): Promise<{ id: number; dateFinished: Date }[]> {
  const { deploys } = db.tables;
  const { where, orderBy } = beyondKey(sourceWindow(window, SOURCES.deploy), deploys.dateFinished, deploys.id);
  return db
    .select({ id: deploys.id, dateFinished: deploys.dateFinished })
    .from(deploys)
    .where(and(eq(deploys.releaseId, id), deployWithinReach(db, deploys, reach), where))
    .orderBy(...orderBy)
    .limit(window.limit);
}

async function readAuditRows(db: Reader, release: ReleaseRow, window: KeysetWindow): Promise<AuditRow[]> {
  const ofSource = sourceWindow(window, SOURCES.record);
  const { scanned, where } = auditRowsOf(db, release, ofSource);
  return db
    .select()
    .from(scanned)
    .where(where)
    .orderBy(...beyondKey(ofSource, scanned.dateCreated, scanned.id).orderBy)
    .limit(window.limit);
}

/**
 * Returns the query for the audit events of a release, except those of deploys. Older events are about a deleted release with the same
 * version. At most `SCAN_LIMIT` rows are read; if all of those are about deploys, the page consists of deploys.
 */
function auditRowsOf(db: Reader, { organizationId, version, dateCreated }: ReleaseRow, window: KeysetWindow) {
  const { auditLog } = db.tables;
  const { where, orderBy } = beyondKey(window, auditLog.dateCreated, auditLog.id);
  const about = and(eq(auditLog.organizationId, organizationId), eq(auditLog.target, version));
  const scanned = db
    .select()
    .from(auditLog)
    .where(and(about, where))
    .orderBy(...orderBy)
    .limit(SCAN_LIMIT)
    .as("scanned");
  return {
    scanned,
    where: and(or(hasNoun(scanned.action, "release"), hasNoun(scanned.action, "notes")), gte(scanned.dateCreated, dateCreated)),
  };
}

/**
 * Returns the release if its date is within the window and no audit event set that date. Such an event, on any page, already shows the
 * finalization with its actor.
 */
async function findFinalized(
  db: Reader,
  release: ReleaseRow,
  window: KeysetWindow,
): Promise<Parameters<typeof toActivityEvents>[0]["finalized"]> {
  const { id, dateReleased } = release;
  if (dateReleased === null || !isBeyond(window, finalizedKey({ id, dateReleased }))) return null;
  const { scanned, where } = auditRowsOf(db, release, keysetWindow({}, "descending"));
  // Both databases store the details as JSON.stringify wrote them.
  const setsDate = like(sql`cast(${scanned.details} as text)`, `%"dateReleased":${JSON.stringify(dateReleased)}%`);
  const events = await db
    .select({ id: scanned.id })
    .from(scanned)
    .where(and(inArray(scanned.action, ["release.update", "release.edit"]), setsDate, where))
    .limit(1);
  return events.length > 0 ? null : { id, dateReleased };
}

async function describeEvents(db: Reader, organizationId: number, events: readonly ActivityEvent[]): Promise<ActivityView[]> {
  const facts = await findDeploysWithRelease(
    db,
    events.flatMap(({ deployId }) => deployId ?? []),
  );
  const actors = await describeActors(
    db,
    organizationId,
    events.flatMap(({ actor }) => actor ?? []),
  );
  return events.map(({ key, kind, actor, action, changes, deployId }) => {
    const deploy = deployId === null ? undefined : facts.get(deployId);
    const deployer = deploy?.view.deployer;
    const user = deployer
      ? { label: `user:${deployer.userId}`, kind: "user" as const, name: deployer.name ?? deployer.email, email: deployer.email }
      : null;
    return {
      id: `${key.value}:${key.id}`,
      kind,
      date: instant(new Date(key.value)),
      actor: (actor === null ? user : actors.get(actor)) ?? null,
      action,
      changes: [...changes],
      deploy: deploy?.view ?? null,
    };
  });
}

/** An event of the activity, before actors and deploys are looked up. */
type ActivityEvent = {
  readonly key: SortKey;
  readonly kind: ActivityView["kind"];
  /** The label in the audit log. */
  readonly actor: string | null;
  readonly action: string | null;
  readonly changes: ActivityView["changes"];
  readonly deployId: number | null;
};

type ActivitySources = {
  readonly deploys: readonly { readonly id: number; readonly dateFinished: Date }[];
  readonly records: readonly AuditRow[];
  /** The release, if its finalization is an event of its own. */
  readonly finalized: { readonly id: number; readonly dateReleased: Date } | null;
};

/** Returns the events of the sources, unsorted. */
export function toActivityEvents({ deploys, records, finalized }: ActivitySources): ActivityEvent[] {
  const defaults = { actor: null, action: null, changes: [], deployId: null };
  const deployed = deploys.map(({ id, dateFinished }): ActivityEvent => ({
    ...defaults,
    key: { value: dateFinished.getTime(), id: listId(SOURCES.deploy, id) },
    kind: "deployed",
    deployId: id,
  }));
  const finalization = finalized ? [{ ...defaults, key: finalizedKey(finalized), kind: "finalized" as const }] : [];
  return [...records.map(toAuditEvent), ...deployed, ...finalization];
}

/** Returns the key of the event that a release was finalized. */
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

/** The event of an edit also contains the values before. Dates are shown in the form of the audit log. */
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
  if (auditNoun(action) === "notes") return "notes";
  if (action !== "release.update" && action !== "release.edit") return "other";
  const valueOf = (name: string) => changes.find(({ field }) => field === name)?.value;
  if (valueOf("dateReleased") != null) return "finalized";
  if (valueOf("isArchived") === true) return "archived";
  return valueOf("isArchived") === false && changes.length === 1 ? "restored" : "changed";
}

/** The sources of events. Each has its own ids; with the source as the last digit, they are unique in the list. */
export const SOURCES = { finalized: 0, record: 1, deploy: 2 } as const;

export type Source = (typeof SOURCES)[keyof typeof SOURCES];

const BASE = Object.keys(SOURCES).length;

/** Returns the id of a source's row in the list. */
export const listId = (source: Source, id: number): number => id * BASE + source;

/** Converts a key of the list to the ids of a source: the same rows of the source are beyond both. */
export function idsBeyond({ key, backwards }: Pick<KeysetWindow, "key" | "backwards">, source: Source): SortKey {
  const id = (key.id - source) / BASE;
  return { value: key.value, id: backwards ? Math.floor(id) : Math.ceil(id) };
}
