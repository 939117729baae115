import { anyOf } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { versionInfo, versionScheme } from "@landfall/domain/versions/version-info";
import type { PersonBriefView, ProjectBriefView } from "@landfall/schema/brief";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { ReleaseLineView } from "@landfall/schema/releases/release-list";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Access } from "../../access/organization-access.ts";
import { preparedWithinReach, type ProjectReach, reachableProjects, withinReach } from "../../access/project-reach.ts";
import { findAuthorRows } from "../../records/authors.ts";
import { briefProject } from "../../records/briefs.ts";
import { briefContributors } from "../../records/contributors.ts";
import { findCurrentDeploys } from "../../records/environments/latest-deploys.ts";

/** How many authors of a release are read, and how many contributors are returned. */
const MAX_AUTHORS = 40;

const MAX_CONTRIBUTORS = 12;

/** Returns releases in one list row each, in the order given. At most ten queries, for any number of releases, projects, and deploys. */
export async function describeLines(db: Reader, access: Access, rows: readonly ReleaseRow[]): Promise<ReleaseLineView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const reach = await reachableProjects(db, access);
  const projects = await findProjectsOf(db, reach, ids);
  const environments = await findEnvironmentsOf(db, reach, ids);
  const authorIds = new Set(rows.flatMap((row) => row.authorIds.slice(0, MAX_AUTHORS)));
  const people = await briefContributors(db, access.organization.id, await findAuthorRows(db, authorIds));
  return rows.map((row) => {
    const info = versionInfo(row.version);
    const contributors = contributorsOf(row, people);
    return {
      version: row.version,
      description: info?.description ?? row.version,
      package: info?.package ?? null,
      scheme: versionScheme(row.version),
      status: row.isArchived ? "archived" : "open",
      dateCreated: instant(row.dateCreated),
      dateReleased: instantOrNull(row.dateReleased),
      commitCount: row.commitCount,
      deployCount: row.deployCount,
      projects: projects.get(row.id)?.projects ?? [],
      projectCount: projects.get(row.id)?.count ?? 0,
      people: contributors.slice(0, MAX_CONTRIBUTORS),
      peopleCount: contributors.length + Math.max(0, row.authorIds.length - MAX_AUTHORS),
      environments: environments.get(row.id) ?? [],
    };
  });
}

/** Returns the distinct contributors of a release, bots last. */
function contributorsOf({ authorIds }: ReleaseRow, people: ReadonlyMap<number, PersonBriefView>): PersonBriefView[] {
  const known = authorIds.slice(0, MAX_AUTHORS).flatMap((id) => people.get(id) ?? []);
  const each = [...new Map(known.toReversed().map((person) => [person.email, person])).values()].toReversed();
  return each.toSorted((a, b) => Number(a.isBot) - Number(b.isBot));
}

type Environments = ReleaseLineView["environments"];

/** Fewer recent deploys than by default: lists are read often, and most of their environments are deployed to frequently. */
const RECENT = { all: 600, ofOne: 200 };

/**
 * Returns the environments that each release was deployed to in projects within reach, in the order of the organization: when the last deploy finished, and
 * whether the release is current there in one of the projects. Four queries.
 */
async function findEnvironmentsOf(db: Reader, reach: ProjectReach, releaseIds: readonly number[]): Promise<Map<number, Environments>> {
  const rows = await selectDeployed(db, reach, { ids: releaseIds });
  const places = await selectDeployedEnvironments(db, reach, { ids: releaseIds });
  const deploys = await findCurrentDeploys(db, places, RECENT);
  const current = new Set([...deploys.values()].map(({ releaseId, environmentId }) => `${releaseId}:${environmentId}`));
  const found = new Map<number, Environments>();
  for (const { releaseId, environmentId, name, finished, projects } of rows) {
    const list = found.get(releaseId) ?? [];
    list.push({ name, dateFinished: instant(finished), projects, isCurrent: current.has(`${releaseId}:${environmentId}`) });
    found.set(releaseId, list);
  }
  return found;
}

const selectDeployed = preparedWithinReach((db, reach, param: { ids: readonly number[] }) => {
  const { deploys, environments, releaseEnvironments: pointers } = db.tables;
  const finished = sql<Date>`max(${deploys.dateFinished})`.mapWith(deploys.dateFinished);
  return db
    .select({
      releaseId: pointers.releaseId,
      environmentId: environments.id,
      name: environments.name,
      finished,
      projects: sql<number>`count(*)`.mapWith(Number),
    })
    .from(pointers)
    .innerJoin(deploys, eq(deploys.id, pointers.lastDeployId))
    .innerJoin(environments, eq(environments.id, pointers.environmentId))
    .where(and(anyOf(pointers.releaseId, param.ids), withinReach(pointers.projectId, reach)))
    .groupBy(pointers.releaseId, environments.id, environments.name, environments.position)
    .orderBy(environments.position, environments.name)
    .prepare();
});

const selectDeployedEnvironments = preparedWithinReach((db, reach, param: { ids: readonly number[] }) => {
  const { releaseEnvironments: pointers } = db.tables;
  return db
    .selectDistinct({ projectId: pointers.projectId, environmentId: pointers.environmentId })
    .from(pointers)
    .where(and(anyOf(pointers.releaseId, param.ids), isNotNull(pointers.lastDeployId), withinReach(pointers.projectId, reach)))
    .prepare();
});

/** How many projects of a release are returned. */
const MAX_PROJECTS = 4;

/** Returns the first projects within reach of each release, and their total number. One query. */
async function findProjectsOf(
  db: Reader,
  reach: ProjectReach,
  releaseIds: readonly number[],
): Promise<Map<number, { readonly projects: ProjectBriefView[]; readonly count: number }>> {
  const rows = await selectProjects(db, reach, { ids: releaseIds });
  const found = new Map<number, { projects: ProjectBriefView[]; count: number }>();
  for (const { releaseId, count, ...project } of rows) {
    const entry = found.get(releaseId) ?? { projects: [], count };
    entry.projects.push(briefProject(project));
    found.set(releaseId, entry);
  }
  return found;
}

const selectProjects = preparedWithinReach((db, reach, param: { ids: readonly number[] }) => {
  const { projects, releaseProjects: links } = db.tables;
  const numbered = db
    .select({
      linkId: links.id,
      releaseId: links.releaseId,
      projectId: links.projectId,
      rank: sql<number>`row_number() over (partition by ${links.releaseId} order by ${links.id})`.mapWith(Number).as("rank"),
      count: sql<number>`count(*) over (partition by ${links.releaseId})`.mapWith(Number).as("count"),
    })
    .from(links)
    .where(and(anyOf(links.releaseId, param.ids), withinReach(links.projectId, reach)))
    .as("numbered");
  return db
    .select({ releaseId: numbered.releaseId, count: numbered.count, id: projects.id, slug: projects.slug, name: projects.name })
    .from(numbered)
    .innerJoin(projects, eq(projects.id, numbered.projectId))
    .where(sql`${numbered.rank} <= ${MAX_PROJECTS}`)
    .orderBy(numbered.linkId)
    .prepare();
});
