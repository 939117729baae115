import { withoutIndex } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { EnvironmentRow } from "@landfall/db/tables/schema";
import { DAY } from "@landfall/domain/durations";
import { parseDateRange } from "@landfall/domain/query/dates";
import { singleEnvironmentMessage } from "@landfall/domain/query/filters";
import { parseReleaseQuery } from "@landfall/domain/query/parse-release-query";
import { isQueryError, type ReleaseQuery } from "@landfall/domain/query/release-query";
import { followsSemver, followsSemverWindow } from "@landfall/domain/versions/semver";
import type { CountReleasesInput, ListReleaseStatsInput } from "@landfall/schema/releases/release-list";
import { and, type Column, desc, eq, exists, gte, inArray, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import type { Access } from "../../access/organization-access.ts";
import { type ProjectReach, reachableProjects, withinReach } from "../../access/project-reach.ts";
import { unknownEnvironments } from "../../access/unknown-names.ts";
import { AppError, notFound } from "../../kernel/app-error.ts";
import { findEnvironments } from "../../records/environments/environments.ts";
import { isLinkedTo, SEMVER_KEY_COLUMNS } from "../../records/releases.ts";
import { selectedProjects } from "../../records/projects.ts";
import { termCondition, textCandidates } from "./query-conditions.ts";

/** The projects of a list of releases, and the conditions on the releases (contract 15.1, 15.3). */
export type ReleaseFilter = {
  readonly selected: ProjectReach;
  /** Conditions on `releases`, without the link to a selected project. */
  readonly where: SQL | undefined;
};

/**
 * Returns the filter of a request; null if no project is within the caller's reach.
 *
 * @throws 404 for an unknown environment, and `invalid` with the text of the wire for an invalid query or period
 */
export async function resolveReleaseFilter(
  db: Reader,
  access: Access,
  input: ListReleaseStatsInput & Pick<CountReleasesInput, "lacking">,
  now: Date,
): Promise<ReleaseFilter | null> {
  const { organization } = access;
  const selected = await selectedProjects(db, access, input);
  if (!selected.all && selected.ids.size === 0) return null;
  const names = input.environment ?? [];
  const environments = await findEnvironments(db, organization.id, names, () => reachableProjects(db, access));
  if (environments === null) throw notFound(unknownEnvironments(access, names));
  const range = parseOrThrowInvalid(() => parseDateRange(input, now));
  const terms = parseOrThrowInvalid(() => parseReleaseQuery(input.query ?? "", now));
  if (terms.some((term) => term.kind === "stage") && environments.length !== 1)
    throw new AppError("invalid", singleEnvironmentMessage, { reason: "single_environment" });
  const { releases } = db.tables;
  const where = and(
    eq(releases.organizationId, organization.id),
    range ? and(gte(releases.dateCreated, range.from), lte(releases.dateCreated, range.to)) : undefined,
    isDeployedTo(db, releases.id, environments, withinReach(db.tables.releaseEnvironments.projectId, selected), { byIndex: false }),
    lacks(db, input.lacking, now),
    ...(await termConditions(db, organization.id, selected, terms)),
  );
  return { selected, where };
}

/** Whether a release has no commits, or was finalized at least seven days ago and never deployed. */
function lacks({ tables: { releases } }: Reader, lacking: CountReleasesInput["lacking"], now: Date): SQL | undefined {
  if (lacking === undefined) return undefined;
  if (lacking === "commits") return eq(releases.commitCount, 0);
  return and(eq(releases.deployCount, 0), lte(releases.dateReleased, new Date(now.getTime() - 7 * DAY)));
}

async function termConditions(db: Reader, organizationId: number, selected: ProjectReach, terms: ReleaseQuery): Promise<SQL[]> {
  const latestIds = terms.some((term) => term.kind === "latest") ? await latestReleases(db, organizationId, selected) : [];
  const candidates = await textCandidates(db, terms);
  return terms.map((term) => termCondition(db, term, { latestIds, candidates }));
}

/**
 * Whether a release was deployed to one of some environments for some projects; no condition if there are no environments. `projects` is a
 * condition on `releaseEnvironments.projectId`. With `byIndex: false` SQLite uses no index on the environment: better if the condition
 * allows many projects.
 */
export function isDeployedTo(
  db: Reader,
  releaseId: Column,
  environments: readonly Pick<EnvironmentRow, "id">[],
  projects: SQL | undefined,
  { byIndex = true }: { readonly byIndex?: boolean } = {},
): SQL | undefined {
  if (environments.length === 0) return undefined;
  const { releaseEnvironments } = db.tables;
  const { environmentId } = releaseEnvironments;
  const ids = environments.map(({ id }) => id);
  const isInEnvironment = byIndex ? inArray(environmentId, ids) : inArray(withoutIndex(environmentId), ids);
  return exists(
    db
      .select({ one: sql`1` })
      .from(releaseEnvironments)
      .where(and(eq(releaseEnvironments.releaseId, releaseId), isInEnvironment, projects)),
  );
}

/** The condition of a status, "open" or "archived"; undefined for "", both. `isArchived` is the column of releases or of their links. */
export const inStatus = (isArchived: Column, status: string): SQL | undefined =>
  status === "" ? undefined : eq(isArchived, status === "archived");

/** Runs a parser. Throws its `QueryError` as `invalid`. */
function parseOrThrowInvalid<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (isQueryError(error)) {
      const reason = error.reason === "date_range" ? "invalid_date_range" : "invalid_query";
      throw new AppError("invalid", error.message, { reason, cause: error });
    }
    throw error;
  }
}

/**
 * Returns the ids of the latest release of each selected project: the highest version if the project follows semver, else the newest
 * (contract 13.4). A project without open releases has none. Two queries, for any number of projects.
 */
async function latestReleases(db: Reader, organizationId: number, selected: ProjectReach): Promise<number[]> {
  const { projects, releases, releaseProjects } = db.tables;
  const isSelected = and(eq(projects.organizationId, organizationId), withinReach(projects.id, selected));
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
    .where(isSelected)
    .orderBy(projects.id, desc(releaseProjects.dateEffective), desc(releaseProjects.releaseId));
  const byProject = Map.groupBy(rows, (row) => row.projectId);
  const semverProjects = [...byProject].filter(([, newestFirst]) => followsSemver(newestFirst.map((row) => row.major !== null)));
  const highest = await highestVersions(
    db,
    organizationId,
    semverProjects.map(([projectId]) => projectId),
  );
  return [...byProject].flatMap(([projectId, [first]]) => highest.get(projectId) ?? first?.releaseId ?? []);
}

async function highestVersions(db: Reader, organizationId: number, projectIds: readonly number[]): Promise<Map<number, number>> {
  if (projectIds.length === 0) return new Map();
  const { projects, releases, releaseProjects } = db.tables;
  const isOfProject = isLinkedTo(db, eq(releaseProjects.projectId, projects.id));
  const highest = db
    .select({ id: releases.id })
    .from(releases)
    .where(and(eq(releases.organizationId, organizationId), eq(releases.isArchived, false), isNotNull(releases.major), isOfProject))
    .orderBy(...semverOrder(db))
    .limit(1);
  const rows = await db
    .select({ projectId: projects.id, releaseId: sql<number | null>`(${highest})`.mapWith(Number) })
    .from(projects)
    .where(inArray(projects.id, [...projectIds]));
  return new Map(rows.flatMap(({ projectId, releaseId }) => (releaseId === null ? [] : [[projectId, releaseId] as const])));
}

/** Highest version first, releases that are not semver last, then newest created first (contract 13.3). */
export function semverOrder({ tables: { releases } }: Reader): SQL[] {
  return ([...SEMVER_KEY_COLUMNS, "dateCreated", "id"] as const).map((name) => sql`${releases[name]} desc nulls last`);
}
