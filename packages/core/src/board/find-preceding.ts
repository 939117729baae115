import { anyOf } from "@landfall/db/any-of";
import type { Reader } from "@landfall/db/store";
import type { ProjectBriefView } from "@landfall/schema/views/brief";
import { aliasedTable, and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { withinReach } from "../access/within-reach.ts";
import { inTimelineScope, type TimelineDeploy, selectTimelineDeploys, type Timeline } from "./landed-page.ts";
import { withoutIndex } from "./not-by-index.ts";
import { integerRows } from "./number-rows.ts";

/** A project a deploy was for, and the id of the deploy that was there before it; null for the first. */
export type PreviousDeploy = { readonly project: ProjectBriefView; readonly beforeId: number | null };

/** How many older deploys of the timeline are read to find what was there before. */
const MAX_OLDER = 500;

/**
 * For each deploy of a page, the newest first, and for each of its projects within reach: the deploy to the same environment before it.
 * A deploy counts for every project of which that release's last deploy there is known and not older. At most three queries: the newest
 * before the page tell nearly all, for the others the project's own deploys are read.
 */
export async function findPreviousDeploys(db: Reader, timeline: Timeline, page: readonly TimelineDeploy[]): Promise<Map<number, PreviousDeploy[]>> {
  const last = page.at(-1);
  if (!last) return new Map();
  const older = await readOlder(db, timeline, last);
  const found = traceTimeline(page, older, await readProjects(db, timeline.reach, [...page, ...older]));
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

/** A project that a release was deployed for, and the last deploy it is known of. */
type DeployTarget = { readonly project: ProjectBriefView; readonly lastDeployId: number | null };

const targetKey = ({ releaseId, environmentId }: Pick<TimelineDeploy, "releaseId" | "environmentId">): string => `${releaseId}:${environmentId}`;

/** Walks from the oldest to the newest, keeping what was last in each project and environment. */
function traceTimeline(
  page: readonly TimelineDeploy[],
  older: readonly TimelineDeploy[],
  targets: ReadonlyMap<string, readonly DeployTarget[]>,
): Map<number, PreviousDeploy[]> {
  const last = new Map<string, number>();
  const found = new Map<number, PreviousDeploy[]>();
  const wanted = new Set(page.map(({ id }) => id));
  for (const landed of [...page, ...older].toReversed()) {
    const { id, environmentId } = landed;
    const mine = (targets.get(targetKey(landed)) ?? []).filter(({ lastDeployId }) => lastDeployId !== null && lastDeployId >= id);
    const placed = mine.map(({ project }) => ({ project, place: `${environmentId}:${project.id}` }));
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

async function readProjects(db: Reader, reach: ProjectReach, landed: readonly TimelineDeploy[]): Promise<Map<string, DeployTarget[]>> {
  const { projects, releaseEnvironments } = db.tables;
  const { releaseId, projectId, environmentId, lastDeployId } = releaseEnvironments;
  const rows = await db
    .select({ releaseId, environmentId, lastDeployId, id: projects.id, slug: projects.slug, name: projects.name })
    .from(releaseEnvironments)
    .innerJoin(projects, eq(projects.id, projectId))
    .where(
      and(
        anyOf(releaseId, "releaseIds"),
        inArray(withoutIndex(environmentId), [...new Set(landed.map((one) => one.environmentId))]),
        withinReach(projectId, reach, { byIndex: false }),
      ),
    )
    .orderBy(asc(projects.slug))
    .prepare()
    .execute({ releaseIds: JSON.stringify([...new Set(landed.map((one) => one.releaseId))]) });
  const targets = rows.map(({ id, slug, name, ...row }) => ({ ...row, project: { id: String(id), slug, name } }));
  return Map.groupBy(targets, targetKey);
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
