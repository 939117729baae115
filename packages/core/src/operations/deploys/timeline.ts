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
import { compareByHistory, findPackages, packageInSql } from "../../records/release-lines.ts";

/** Returns a page of a timeline, each deploy with the previous release of its package in its environment. The number of queries is fixed. */
export async function readTimeline(db: Reader, timeline: Timeline, window: KeysetWindow): Promise<Page<EnvironmentDeployView>> {
  const { items, ...links } = await readTimelinePage(db, timeline, window);
  const previous = await findPreviousDeploys(db, timeline, items);
  const before = [...previous.values()].flat().flatMap(({ beforeId }) => beforeId ?? []);
  const found = await findDeploysWithRelease(db, [...items.map(({ id }) => id), ...before]);
  const views = items.flatMap(({ id }) => {
    const now = found.get(id);
    return now ? [describeDeploy(now, previous.get(id) ?? [], found)] : [];
  });
  return { items: views, ...links };
}

function describeDeploy(
  now: DeployWithRelease,
  previous: readonly PreviousDeploy[],
  found: ReadonlyMap<number, DeployWithRelease>,
): EnvironmentDeployView {
  const projects = previous.map(({ project, beforeId }) => ({ project, before: beforeId === null ? undefined : found.get(beforeId) }));
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
  const age = compareByHistory(from.release, now.release);
  return age === 0 ? "again" : age < 0 ? "forward" : "back";
}

/** The columns of a deploy that a timeline is built from. */
type TimelineDeploy = Pick<DeployRow, "id" | "releaseId" | "environmentId" | "dateFinished">;

/** The filter of a timeline. */
export type Timeline = {
  readonly organizationId: number;
  /** Deploys to these environments; to all if empty. */
  readonly environmentIds: readonly number[];
  readonly reach: ProjectReach;
  /** Deploys that finished at or after this date. */
  readonly from?: Date | undefined;
  /** Deploys that finished before this date. */
  readonly to?: Date | undefined;
};

/**
 * Returns a page of the deploys of a timeline, last finished first. With a filter that no index covers, a page scans at most 20,000 deploys
 * of the organization or of one environment, so that it may be short and still have a next page.
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
  const scanned = walk().limit(SCAN_LIMIT).as("scanned");
  const rows = await db
    .select()
    .from(scanned)
    .where(
      and(
        environmentIds.length > 1 ? inArray(scanned.environmentId, [...environmentIds]) : undefined,
        deployWithinReach(db, scanned, reach),
      ),
    )
    .orderBy(...beyondKey(window, scanned.dateFinished, scanned.id).orderBy)
    .limit(window.limit);
  return scannedPage(window, rows, keyOf, async () => {
    const [edge] = await walk()
      .limit(1)
      .offset(SCAN_LIMIT - 1);
    return edge ? keyOf(edge) : null;
  });
}

/** Selects deploys, without a condition. */
function selectTimelineDeploys(db: Reader) {
  const { deploys } = db.tables;
  const { id, releaseId, environmentId, dateFinished } = deploys;
  return db.select({ id, releaseId, environmentId, dateFinished }).from(deploys);
}

/** The condition that an index covers in order: deploys to the only environment, or of the organization. */
function inTimelineScope({ tables: { deploys } }: Reader, { organizationId, environmentIds }: Timeline): SQL {
  const [environmentId, ...others] = environmentIds;
  return environmentId !== undefined && others.length === 0
    ? eq(deploys.environmentId, environmentId)
    : eq(deploys.organizationId, organizationId);
}

/** The key where the page starts: its own, or the limit of the period if that comes after it in the direction of the page. */
function startOf({ key, backwards }: KeysetWindow, { from, to }: Timeline): SortKey {
  if (backwards) return from && key.value < from.getTime() ? { value: from.getTime(), id: -1 } : key;
  return to && key.value >= to.getTime() ? { value: to.getTime(), id: -1 } : key;
}

function untilEnd({ tables: { deploys } }: Reader, { from, to }: Timeline, { backwards }: KeysetWindow): SQL | undefined {
  if (backwards) return to && lt(deploys.dateFinished, to);
  return from && gte(deploys.dateFinished, from);
}

const keyOf = ({ dateFinished, id }: TimelineDeploy): SortKey => ({ value: dateFinished.getTime(), id });

/** A project that a deploy was for, and the id of the previous deploy of its package for it in the environment; null for the first one. */
type PreviousDeploy = { readonly project: ProjectBriefView; readonly beforeId: number | null };

/** Older deploys of the timeline that are read to find the previous ones. */
const MAX_OLDER = 500;

/**
 * Returns the previous deploy of the same package in the environment for each deploy of a page and each of its projects within reach, by
 * deploy id. At most four queries: nearly all are among the deploys just before the page; for the others, the deploys of the project itself are read.
 */
async function findPreviousDeploys(
  db: Reader,
  timeline: Timeline,
  page: readonly TimelineDeploy[],
): Promise<Map<number, PreviousDeploy[]>> {
  const last = page.at(-1);
  if (!last) return new Map();
  const older = await readOlder(db, timeline, last);
  const deploys = [...page, ...older];
  const packages = await findPackages(
    db,
    deploys.map(({ releaseId }) => releaseId),
  );
  const traced = traceTimeline(page, older, await findProjectsOfDeploys(db, timeline.reach, deploys), packages);
  if (older.length < MAX_OLDER) return traced;
  const missing = [...traced].flatMap(([deployId, list]) =>
    list.flatMap(({ project, beforeId }) => (beforeId === null ? [[deployId, Number(project.id)]] : [])),
  );
  const further = await readPreviousOfProjects(db, missing);
  const complete = (deployId: number, { project, beforeId }: PreviousDeploy): PreviousDeploy => ({
    project,
    beforeId: beforeId ?? further.get(`${deployId}:${project.id}`) ?? null,
  });
  return new Map([...traced].map(([deployId, list]) => [deployId, list.map((one) => complete(deployId, one))]));
}

/** Goes through deploys from the oldest to the newest, and keeps the last deploy of each package, project, and environment. */
function traceTimeline(
  page: readonly TimelineDeploy[],
  older: readonly TimelineDeploy[],
  projects: ReadonlyMap<number, readonly ProjectBriefView[]>,
  packages: ReadonlyMap<number, string | null>,
): Map<number, PreviousDeploy[]> {
  const last = new Map<string, number>();
  const found = new Map<number, PreviousDeploy[]>();
  const wanted = new Set(page.map(({ id }) => id));
  for (const { id, environmentId, releaseId } of [...page, ...older].toReversed()) {
    const suffix = packages.get(releaseId) ?? "";
    const placed = (projects.get(id) ?? []).map((project) => ({ project, place: `${environmentId}:${project.id}:${suffix}` }));
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

/** Returns the previous deploys for pairs of a deploy and a project, by `<deploy id>:<project id>`. At most one query. */
async function readPreviousOfProjects(db: Reader, missing: readonly (readonly number[])[]): Promise<Map<string, number>> {
  if (missing.length === 0) return new Map();
  const { deploys, releaseEnvironments } = db.tables;
  const current = aliasedTable(deploys, "current");
  const release = aliasedTable(db.tables.releases, "release");
  const currentRelease = aliasedTable(db.tables.releases, "current_release");
  const before = db
    .select({ id: deploys.id })
    .from(releaseEnvironments)
    .innerJoin(
      deploys,
      and(eq(deploys.releaseId, releaseEnvironments.releaseId), eq(deploys.environmentId, releaseEnvironments.environmentId)),
    )
    .innerJoin(release, eq(release.id, deploys.releaseId))
    .where(
      and(
        eq(releaseEnvironments.environmentId, current.environmentId),
        eq(releaseEnvironments.projectId, sql`missing.column2`),
        sql`${deploys.id} <= ${releaseEnvironments.lastDeployId}`,
        sql`(${deploys.dateFinished}, ${deploys.id}) < (${current.dateFinished}, ${current.id})`,
        sql`${packageInSql(db, release.version)} is not distinct from ${packageInSql(db, currentRelease.version)}`,
      ),
    )
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(1);
  const rows = await db
    .select({
      deployId: current.id,
      projectId: sql<number>`missing.column2`.mapWith(Number),
      beforeId: sql<number | null>`(${before})`.mapWith(Number),
    })
    .from(integerRows(missing, "missing"))
    .innerJoin(current, eq(current.id, sql`missing.column1`))
    .innerJoin(currentRelease, eq(currentRelease.id, current.releaseId));
  return new Map(
    rows.flatMap(({ deployId, projectId, beforeId }) => (beforeId === null ? [] : [[`${deployId}:${projectId}`, beforeId] as const])),
  );
}
