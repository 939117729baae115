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
 * What happened to a release, the newest first: its deploys to environments of projects within reach, dated as they finished; that it
 * was finalized, dated as it was released; and what was recorded about it, without the deploys again. Actors are told where the log
 * names them. Each page reads at most its own length from each of those. Six queries at most, besides those of access.
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

/** The window as one source sees it, whose own ids are not those of the list. */
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
  const mine = sourceWindow(window, SOURCES.record);
  const { looked, where } = auditRowsOf(db, release, mine);
  return db
    .select()
    .from(looked)
    .where(where)
    .orderBy(...beyondKey(mine, looked.dateCreated, looked.id).orderBy)
    .limit(window.limit);
}

/**
 * What was recorded about a release. Rows older than the release are about one of the same version that was deleted. Those of its
 * deploys stand between: no more than `SCANNED` rows are read, and where they are all of deploys these fill the page.
 */
function auditRowsOf(db: Reader, { organizationId, version, dateCreated }: ReleaseRow, window: KeysetWindow) {
  const { auditLog } = db.tables;
  const { where, orderBy } = beyondKey(window, auditLog.dateCreated, auditLog.id);
  const about = and(eq(auditLog.organizationId, organizationId), eq(auditLog.target, version));
  const looked = db
    .select()
    .from(auditLog)
    .where(and(about, where))
    .orderBy(...orderBy)
    .limit(SCAN_LIMIT)
    .as("looked");
  return {
    looked,
    where: and(or(hasNoun(looked.action, "release"), hasNoun(looked.action, "notes")), gte(looked.dateCreated, dateCreated)),
  };
}

/**
 * The release, when its date lies in the window and no record tells of it. A record that set the date the release bears tells of its
 * finalizing, and by whom, wherever it stands: then that is not told a second time.
 */
async function findFinalized(
  db: Reader,
  release: ReleaseRow,
  window: KeysetWindow,
): Promise<Parameters<typeof toActivityEvents>[0]["finalized"]> {
  const { id, dateReleased } = release;
  if (dateReleased === null || !isBeyond(window, finalizedKey({ id, dateReleased }))) return null;
  const { looked, where } = auditRowsOf(db, release, keysetWindow({}, "descending"));
  // Both databases keep the text of a record as JSON.stringify wrote it.
  const setsDate = like(sql`cast(${looked.details} as text)`, `%"dateReleased":${JSON.stringify(dateReleased)}%`);
  const told = await db
    .select({ id: looked.id })
    .from(looked)
    .where(and(inArray(looked.action, ["release.update", "release.edit"]), setsDate, where))
    .limit(1);
  return told.length > 0 ? null : { id, dateReleased };
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

/** Something that happened to a release, before actors and deploys are looked up. */
type ActivityEvent = {
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
  if (auditNoun(action) === "notes") return "notes";
  if (action !== "release.update" && action !== "release.edit") return "other";
  const valueOf = (name: string) => changes.find(({ field }) => field === name)?.value;
  if (valueOf("dateReleased") != null) return "finalized";
  if (valueOf("isArchived") === true) return "archived";
  return valueOf("isArchived") === false && changes.length === 1 ? "restored" : "changed";
}

/** Where the events of a release come from. Each has ids of its own; with the source as last digit they are one list's. */
export const SOURCES = { finalized: 0, record: 1, deploy: 2 } as const;

export type Source = (typeof SOURCES)[keyof typeof SOURCES];

const BASE = Object.keys(SOURCES).length;

/** The list's id of a row of a source. */
export const listId = (source: Source, id: number): number => id * BASE + source;

/** The key beyond which a source's rows lie that lie beyond the list's key. */
export function idsBeyond({ key, backwards }: Pick<KeysetWindow, "key" | "backwards">, source: Source): SortKey {
  const place = (key.id - source) / BASE;
  return { value: key.value, id: backwards ? Math.floor(place) : Math.ceil(place) };
}
