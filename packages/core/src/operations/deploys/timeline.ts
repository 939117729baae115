import { integerRows } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { DeployRow } from "@landfall/db/tables/schema";
import type { ProjectBriefView } from "@landfall/schema/brief";
import { instant } from "@landfall/schema/instant";
import type { Page } from "@landfall/schema/page";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import { aliasedTable, and, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import { deployWithinReach, type ProjectReach } from "../../access/project-reach.ts";
import { beyondKey, keysetPage, type KeysetWindow, SCAN_LIMIT, scannedPage, type SortKey } from "../../kernel/keyset-page.ts";
import { type DeployWithRelease, findDeploysWithRelease, findProjectsOfDeploys } from "../../records/deploys.ts";
import { compareAge } from "../../records/release-distance.ts";

/** A page of a timeline, each deploy with what it found in its environment. A few queries whatever the length of the page. */
export async function readTimeline(db: Reader, timeline: Timeline, window: KeysetWindow): Promise<Page<EnvironmentDeployView>> {
  const { items, ...links } = await readTimelinePage(db, timeline, window);
  const preceding = await findPreviousDeploys(db, timeline, items);
  const before = [...preceding.values()].flat().flatMap(({ beforeId }) => beforeId ?? []);
  const facts = await findDeploysWithRelease(db, [...items.map(({ id }) => id), ...before]);
  const views = items.flatMap(({ id }) => {
    const now = facts.get(id);
    return now ? [describeDeploy(now, preceding.get(id) ?? [], facts)] : [];
  });
  return { items: views, ...links };
}

function describeDeploy(
  now: DeployWithRelease,
  preceding: readonly PreviousDeploy[],
  facts: ReadonlyMap<number, DeployWithRelease>,
): EnvironmentDeployView {
  const projects = preceding.map(({ project, beforeId }) => ({ project, before: beforeId === null ? undefined : facts.get(beforeId) }));
  const [from] = projects.flatMap(({ before }) => before ?? []).toSorted(byNewest);
  const { dateStarted, dateFinished } = now.deploy;
  return {
    ...now.view,
    version: now.release.version,
    projects: projects.map(({ project, before }) => ({ ...project, from: before?.release.version ?? null })),
    from: from ? { deployId: from.view.id, version: from.release.version, dateFinished: instant(from.deploy.dateFinished) } : null,
    kind: kindOf(now, from),
    duration: dateStarted && dateStarted <= dateFinished ? +dateFinished - +dateStarted : null,
    gap: from ? Math.max(0, +(dateStarted ?? dateFinished) - +from.deploy.dateFinished) : null,
  };
}

const byNewest = (a: DeployWithRelease, b: DeployWithRelease): number =>
  +b.deploy.dateFinished - +a.deploy.dateFinished || b.deploy.id - a.deploy.id;

function kindOf(now: DeployWithRelease, from: DeployWithRelease | undefined): EnvironmentDeployView["kind"] {
  if (!from) return "first";
  const age = compareAge(from.release, now.release);
  return age === 0 ? "again" : age < 0 ? "forward" : "back";
}

/** A deploy as far as its place in a timeline goes. */
type TimelineDeploy = Pick<DeployRow, "id" | "releaseId" | "environmentId" | "dateFinished">;

/** Which deploys a timeline is of. */
export type Timeline = {
  readonly organizationId: number;
  /** Those of these environments; of all, when there are none. */
  readonly environmentIds: readonly number[];
  readonly reach: ProjectReach;
  /** Those finished at or after this moment. */
  readonly from?: Date | undefined;
  /** Those finished before this moment. */
  readonly to?: Date | undefined;
};

/**
 * A page of the deploys of a timeline, the last finished first. Where not all deploys of the organization or of one environment are
 * wanted, a page looks at no more than 20,000 for those that are: it may be short, and still have a next one.
 */
async function readTimelinePage(db: Reader, timeline: Timeline, window: KeysetWindow): Promise<Page<TimelineDeploy>> {
  const { deploys } = db.tables;
  const { where, orderBy } = beyondKey({ ...window, key: startOf(window, timeline) }, deploys.dateFinished, deploys.id);
  const walk = () =>
    selectTimelineDeploys(db)
      .where(and(inTimelineScope(db, timeline), where, untilEnd(db, timeline, window)))
      .orderBy(...orderBy);
  const { environmentIds, reach } = timeline;
  if (reach.all && environmentIds.length <= 1) return keysetPage(window, await walk().limit(window.limit), keyOf);
  const looked = walk().limit(SCAN_LIMIT).as("looked");
  const rows = await db
    .select()
    .from(looked)
    .where(
      and(environmentIds.length > 1 ? inArray(looked.environmentId, [...environmentIds]) : undefined, deployWithinReach(db, looked, reach)),
    )
    .orderBy(...beyondKey(window, looked.dateFinished, looked.id).orderBy)
    .limit(window.limit);
  return scannedPage(window, rows, keyOf, async () => {
    const [edge] = await walk()
      .limit(1)
      .offset(SCAN_LIMIT - 1);
    return edge ? keyOf(edge) : null;
  });
}

/** Deploys, without a condition. */
function selectTimelineDeploys(db: Reader) {
  const { deploys } = db.tables;
  const { id, releaseId, environmentId, dateFinished } = deploys;
  return db.select({ id, releaseId, environmentId, dateFinished }).from(deploys);
}

/** The deploys of the one environment, or of the whole organization: those that an index holds in order. */
function inTimelineScope({ tables: { deploys } }: Reader, { organizationId, environmentIds }: Timeline): SQL {
  const [environmentId, ...others] = environmentIds;
  return environmentId !== undefined && others.length === 0
    ? eq(deploys.environmentId, environmentId)
    : eq(deploys.organizationId, organizationId);
}

/** Where to begin: at the page's key, or at the edge of the period when that comes later on the way. */
function startOf({ key, backwards }: KeysetWindow, { from, to }: Timeline): SortKey {
  if (backwards) return from && key.value < from.getTime() ? { value: from.getTime(), id: -1 } : key;
  return to && key.value >= to.getTime() ? { value: to.getTime(), id: -1 } : key;
}

function untilEnd({ tables: { deploys } }: Reader, { from, to }: Timeline, { backwards }: KeysetWindow): SQL | undefined {
  if (backwards) return to && lt(deploys.dateFinished, to);
  return from && gte(deploys.dateFinished, from);
}

const keyOf = ({ dateFinished, id }: TimelineDeploy): SortKey => ({ value: dateFinished.getTime(), id });

/** A project a deploy was for, and the id of the deploy that was there before it; null for the first. */
type PreviousDeploy = { readonly project: ProjectBriefView; readonly beforeId: number | null };

/** How many older deploys of the timeline are read to find what was there before. */
const MAX_OLDER = 500;

/**
 * For each deploy of a page, the newest first, and for each of its projects within reach: the deploy to the same environment before it.
 * A deploy counts for every project of which that release's last deploy there is known and not older. At most three queries: the newest
 * before the page tell nearly all, for the others the project's own deploys are read.
 */
async function findPreviousDeploys(
  db: Reader,
  timeline: Timeline,
  page: readonly TimelineDeploy[],
): Promise<Map<number, PreviousDeploy[]>> {
  const last = page.at(-1);
  if (!last) return new Map();
  const older = await readOlder(db, timeline, last);
  const found = traceTimeline(page, older, await findProjectsOfDeploys(db, timeline.reach, [...page, ...older]));
  if (older.length < MAX_OLDER) return found;
  const missing = [...found].flatMap(([deployId, list]) =>
    list.flatMap(({ project, beforeId }) => (beforeId === null ? [[deployId, Number(project.id)]] : [])),
  );
  const further = await readPreviousOfProjects(db, missing);
  const complete = (deployId: number, { project, beforeId }: PreviousDeploy): PreviousDeploy => ({
    project,
    beforeId: beforeId ?? further.get(`${deployId}:${project.id}`) ?? null,
  });
  return new Map([...found].map(([deployId, list]) => [deployId, list.map((one) => complete(deployId, one))]));
}

/** Walks from the oldest to the newest, keeping what was last in each project and environment. */
function traceTimeline(
  page: readonly TimelineDeploy[],
  older: readonly TimelineDeploy[],
  projects: ReadonlyMap<number, readonly ProjectBriefView[]>,
): Map<number, PreviousDeploy[]> {
  const last = new Map<string, number>();
  const found = new Map<number, PreviousDeploy[]>();
  const wanted = new Set(page.map(({ id }) => id));
  for (const { id, environmentId } of [...page, ...older].toReversed()) {
    const placed = (projects.get(id) ?? []).map((project) => ({ project, place: `${environmentId}:${project.id}` }));
    if (wanted.has(id))
      found.set(
        id,
        placed.map(({ project, place }) => ({ project, beforeId: last.get(place) ?? null })),
      );
    for (const { place } of placed) last.set(place, id);
  }
  return found;
}

function readOlder(db: Reader, timeline: Timeline, { dateFinished, id }: TimelineDeploy): Promise<TimelineDeploy[]> {
  const { deploys } = db.tables;
  const before = sql`(${deploys.dateFinished}, ${deploys.id}) < (${sql.param(dateFinished, deploys.dateFinished)}, ${sql.param(id, deploys.id)})`;
  return selectTimelineDeploys(db)
    .where(and(inTimelineScope(db, timeline), before))
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(MAX_OLDER);
}

async function readPreviousOfProjects(db: Reader, missing: readonly (readonly number[])[]): Promise<Map<string, number>> {
  if (missing.length === 0) return new Map();
  const { deploys, releaseEnvironments } = db.tables;
  const landed = aliasedTable(deploys, "landed");
  const before = db
    .select({ id: deploys.id })
    .from(releaseEnvironments)
    .innerJoin(
      deploys,
      and(eq(deploys.releaseId, releaseEnvironments.releaseId), eq(deploys.environmentId, releaseEnvironments.environmentId)),
    )
    .where(
      and(
        eq(releaseEnvironments.environmentId, landed.environmentId),
        eq(releaseEnvironments.projectId, sql`missing.column2`),
        sql`${deploys.id} <= ${releaseEnvironments.lastDeployId}`,
        sql`(${deploys.dateFinished}, ${deploys.id}) < (${landed.dateFinished}, ${landed.id})`,
      ),
    )
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(1);
  const rows = await db
    .select({
      deployId: landed.id,
      projectId: sql<number>`missing.column2`.mapWith(Number),
      beforeId: sql<number | null>`(${before})`.mapWith(Number),
    })
    .from(integerRows(missing, "missing"))
    .innerJoin(landed, eq(landed.id, sql`missing.column1`));
  return new Map(
    rows.flatMap(({ deployId, projectId, beforeId }) => (beforeId === null ? [] : [[`${deployId}:${projectId}`, beforeId] as const])),
  );
}
