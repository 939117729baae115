import { withoutIndex } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import { parseDateRange } from "@landfall/domain/query/dates";
import { singleEnvironmentMessage } from "@landfall/domain/query/filters";
import { parseReleaseQuery } from "@landfall/domain/query/parse-release-query";
import { isQueryError, type ReleaseQuery } from "@landfall/domain/query/release-query";
import { followsSemver, followsSemverWindow } from "@landfall/domain/versions/semver";
import type { ListReleaseStatsInput } from "@landfall/schema/releases/release-list";
import { and, desc, eq, exists, gte, inArray, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import type { Access } from "../../access/organization-access.ts";
import { type ProjectReach, reachableProjects, withinReach } from "../../access/project-reach.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import { findEnvironments } from "../../records/environments/environments.ts";
import { selectedProjects } from "../../records/selected-projects.ts";
import { termCondition, textCandidates } from "./query-conditions.ts";

/** Which releases a list shows: of which projects, and what must be true of them (contract 15.1, 15.3). */
export type ReleaseFilter = {
  readonly selected: ProjectReach;
  /** Conditions on `releases`; the link to a selected project is not among them. */
  readonly where: SQL | undefined;
};

/** The filter a request asks for; null when no project is within the caller's reach. Throws as the contract's list does. */
export async function resolveReleaseFilter(
  db: Reader,
  access: Access,
  input: ListReleaseStatsInput,
  now: Date,
): Promise<ReleaseFilter | null> {
  const { organization } = access;
  const selected = await selectedProjects(db, access, input);
  if (!selected.all && selected.ids.size === 0) return null;
  const names = input.environment ?? [];
  const environments = await findEnvironments(db, organization.id, names, () => reachableProjects(db, access));
  if (environments === null) throw notFound();
  const range = parseOrThrowInvalid(() => parseDateRange(input, now));
  const terms = parseOrThrowInvalid(() => parseReleaseQuery(input.query ?? "", now));
  if (terms.some((term) => term.kind === "stage") && environments.length !== 1) throw new AppError("invalid", singleEnvironmentMessage);
  const { releases } = db.tables;
  const where = and(
    eq(releases.organizationId, organization.id),
    range ? and(gte(releases.dateCreated, range.from), lte(releases.dateCreated, range.to)) : undefined,
    environments.length > 0
      ? deployedTo(
          db,
          selected,
          environments.map(({ id }) => id),
        )
      : undefined,
    ...(await termConditions(db, organization.id, selected, terms)),
  );
  return { selected, where };
}

async function termConditions(db: Reader, organizationId: number, selected: ProjectReach, terms: ReleaseQuery): Promise<SQL[]> {
  const latestIds = terms.some((term) => term.kind === "latest") ? await latestReleases(db, organizationId, selected) : [];
  const candidates = await textCandidates(db, terms);
  return terms.map((term) => termCondition(db, term, { latestIds, candidates }));
}

function deployedTo(db: Reader, selected: ProjectReach, environmentIds: number[]): SQL {
  const { releases, releaseEnvironments } = db.tables;
  const { releaseId, projectId, environmentId } = releaseEnvironments;
  const records = db
    .select({ one: sql`1` })
    .from(releaseEnvironments)
    .where(and(eq(releaseId, releases.id), inArray(withoutIndex(environmentId), environmentIds), withinReach(projectId, selected)));
  return exists(records);
}

/** Runs a parser, telling what it refuses as the caller's mistake. */
function parseOrThrowInvalid<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (isQueryError(error)) throw new AppError("invalid", error.message, { cause: error });
    throw error;
  }
}

/**
 * The ids of the latest release of each selected project: the highest version where the project follows semver, else the newest
 * (contract 13.4). Two queries whatever the number of projects; projects without an open release have none.
 */
async function latestReleases(db: Reader, organizationId: number, selected: ProjectReach): Promise<number[]> {
  const { projects, releases, releaseProjects } = db.tables;
  const chosen = and(eq(projects.organizationId, organizationId), withinReach(projects.id, selected));
  const newest = db
    .select({ id: releaseProjects.id })
    .from(releaseProjects)
    .where(and(eq(releaseProjects.projectId, projects.id), eq(releaseProjects.isArchived, false)))
    .orderBy(desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId))
    .limit(followsSemverWindow);
  const rows = await db
    .select({ projectId: projects.id, releaseId: releases.id, major: releases.major })
    .from(projects)
    .innerJoin(releaseProjects, inArray(releaseProjects.id, newest))
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .where(chosen)
    .orderBy(projects.id, desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId));
  const byProject = Map.groupBy(rows, (row) => row.projectId);
  const following = [...byProject].filter(([, newestFirst]) => followsSemver(newestFirst.map((row) => row.major !== null)));
  const semver = await highestVersions(
    db,
    organizationId,
    following.map(([projectId]) => projectId),
  );
  return [...byProject].flatMap(([projectId, [first]]) => semver.get(projectId) ?? first?.releaseId ?? []);
}

async function highestVersions(db: Reader, organizationId: number, projectIds: readonly number[]): Promise<Map<number, number>> {
  if (projectIds.length === 0) return new Map();
  const { projects, releases, releaseProjects } = db.tables;
  const linked = db
    .select({ one: sql`1` })
    .from(releaseProjects)
    .where(and(eq(releaseProjects.releaseId, releases.id), eq(releaseProjects.projectId, projects.id)));
  const highest = db
    .select({ id: releases.id })
    .from(releases)
    .where(and(eq(releases.organizationId, organizationId), eq(releases.isArchived, false), isNotNull(releases.major), exists(linked)))
    .orderBy(...semverOrder(db))
    .limit(1);
  const rows = await db
    .select({ projectId: projects.id, releaseId: sql<number | null>`(${highest})`.mapWith(Number) })
    .from(projects)
    .where(inArray(projects.id, [...projectIds]));
  return new Map(rows.flatMap(({ projectId, releaseId }) => (releaseId === null ? [] : [[projectId, releaseId] as const])));
}

/** Newest version first, what is not semver last, then the newest created (contract 13.3). */
export function semverOrder({ tables: { releases } }: Reader): SQL[] {
  const { major, minor, patch, revision, isFinal, prerelease, dateCreated, id } = releases;
  return [major, minor, patch, revision, isFinal, prerelease, dateCreated, id].map((column) => sql`${column} desc nulls last`);
}
