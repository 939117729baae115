import { DAY } from "@landfall/domain/durations";
import { anyOf, withoutIndex } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { EnvironmentRow, ProjectRow, RetentionRuleRow } from "@landfall/db/tables/schema";
import type { SetRetentionInput } from "@landfall/schema/artifacts/retention";
import { and, desc, eq, exists, gt, isNotNull, max, or, sql } from "drizzle-orm";
import type { ProjectReach } from "../../access/project-reach.ts";
import { invalidField } from "../../kernel/app-error.ts";
import { bundleLinks } from "../../records/artifacts/bundle-links.ts";
import { GRACE_PERIOD } from "../../records/artifacts/inspect-blob-store.ts";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";
import { findEnvironments } from "../../records/environments/environments.ts";
import { findCurrentDeploys, type Place } from "../../records/environments/latest-deploys.ts";

/** The retention rule of a project: which artifacts it keeps. */
export type RetentionRule = Pick<RetentionRuleRow, "keepLast" | "keepDays" | "environments">;

/** A position in the releases of a project, which are sorted by date and id. */
type Boundary = { readonly date: Date; readonly id: number };

/** A rule at one moment, with what has to be looked up only once for all artifacts. */
export type RetentionPolicy = {
  readonly projectId: number;
  /** Artifacts that were uploaded later are retained. */
  readonly uploadedBefore: Date;
  /** Whether artifacts without a release expire by their age. False for a rule without a number of days. */
  readonly expiresByAge: boolean;
  /** This release and later ones are retained. */
  readonly oldestRetained: Boundary;
  /** Releases that were ever deployed to one of these environments are retained. */
  readonly environmentIds: readonly number[];
  /** The releases that are currently deployed to an environment; they are retained. */
  readonly currentReleaseIds: readonly number[];
  /** The last deploy when the policy was loaded. Releases that are deployed later are retained. */
  readonly lastDeployId: number;
};

const BEFORE_ALL: Boundary = { date: new Date("0001-01-01T00:00:00Z"), id: -1 };

const AFTER_ALL: Boundary = { date: new Date("9999-12-31T23:59:59Z"), id: Number.MAX_SAFE_INTEGER };

/**
 * Loads the policy of a project at this moment. Every policy retains what was uploaded within a day. Throws `invalid` at `environments` for an
 * unknown environment.
 */
export async function loadPolicy(
  db: Reader,
  { id, organizationId }: Pick<ProjectRow, "id" | "organizationId">,
  rule: RetentionRule,
  now: Date,
): Promise<RetentionPolicy> {
  const environments = await findRuleEnvironments(db, organizationId, rule.environments, { all: true });
  const [last] = await db.select({ id: max(db.tables.deploys.id) }).from(db.tables.deploys);
  return {
    projectId: id,
    uploadedBefore: new Date(now.getTime() - Math.max(GRACE_PERIOD, (rule.keepDays ?? 0) * DAY)),
    expiresByAge: rule.keepDays !== null,
    oldestRetained: rule.keepLast === null ? AFTER_ALL : await findOldestRetained(db, { projectId: id, organizationId }, rule.keepLast),
    environmentIds: environments.map((environment) => environment.id),
    currentReleaseIds: await findCurrentReleases(db, id),
    lastDeployId: last?.id ?? 0,
  };
}

/** The releases that one statement reads. */
const ROWS_AT_ONCE = 500;

/** Returns the oldest of the newest `count` releases that have artifacts; `BEFORE_ALL` if there are fewer. */
async function findOldestRetained(db: Reader, project: { projectId: number; organizationId: number }, count: number): Promise<Boundary> {
  let found = 0;
  for (let before = AFTER_ALL; ;) {
    const rows = await selectReleases(db, { ...project, date: before.date, id: before.id });
    for (const row of rows) {
      found += row.hasArtifacts ? 1 : 0;
      if (found === count) return row;
    }
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return BEFORE_ALL;
    before = last;
  }
}

const selectReleases = prepared((db: Reader, param: { date: Date; id: number; organizationId: number; projectId: number }) => {
  const { releaseProjects, releases, releaseFiles, releaseArchives } = db.tables;
  const links = bundleLinks(db);
  const { dateEffective, releaseId, projectId } = releaseProjects;
  const one = { one: sql`1` };
  const at = sql`(${sql.param(param.date, dateEffective)}, ${sql.param(param.id, releaseId)})`;
  const bundled = db
    .select(one)
    .from(links)
    .where(and(eq(links.organizationId, releases.organizationId), eq(links.version, releases.version), eq(links.projectId, projectId)));
  const hasArtifacts = or(
    exists(
      db
        .select(one)
        .from(releaseFiles)
        .where(and(eq(releaseFiles.releaseId, releaseId), isShownFile(db))),
    ),
    exists(
      db
        .select(one)
        .from(releaseArchives)
        .where(and(eq(releaseArchives.releaseId, releaseId), isShownArchive(db))),
    ),
    exists(bundled),
  );
  return db
    .select({ id: releaseId, date: dateEffective, hasArtifacts: sql<boolean>`${hasArtifacts}`.mapWith(Boolean) })
    .from(releaseProjects)
    .innerJoin(releases, and(eq(releases.id, releaseId), eq(releases.organizationId, param.organizationId)))
    .where(and(eq(projectId, param.projectId), sql`(${dateEffective}, ${releaseId}) < ${at}`))
    .orderBy(desc(dateEffective), desc(releaseId))
    .limit(ROWS_AT_ONCE)
    .prepare();
});

/** The most environments whose last deploy is looked up in one statement. */
const PLACES_AT_ONCE = 100;

/** Returns the releases that are currently deployed to environments that the project does not hide. */
async function findCurrentReleases(db: Reader, projectId: number): Promise<number[]> {
  const places = await selectPlaces(db, { projectId });
  const current = new Set<number>();
  for (let start = 0; start < places.length; start += PLACES_AT_ONCE) {
    const part: readonly Place[] = places.slice(start, start + PLACES_AT_ONCE);
    for (const { releaseId } of (await findCurrentDeploys(db, part)).values()) current.add(releaseId);
  }
  return [...current];
}

const selectPlaces = prepared((db: Reader, param: { projectId: number }) => {
  const { environmentProjects } = db.tables;
  const { projectId, environmentId, isHidden } = environmentProjects;
  return db
    .select({ projectId, environmentId })
    .from(environmentProjects)
    .where(and(eq(projectId, param.projectId), eq(isHidden, false)))
    .prepare();
});

/** Returns those releases of a project that its policy retains, whatever the age of their artifacts. */
export async function retainedReleases(db: Reader, policy: RetentionPolicy, releaseIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (releaseIds.length === 0) return new Set();
  const { projectId, oldestRetained, environmentIds, currentReleaseIds, lastDeployId } = policy;
  const rows = await selectRetained(db, {
    projectId,
    ids: releaseIds,
    date: oldestRetained.date,
    id: oldestRetained.id,
    environments: environmentIds,
    current: currentReleaseIds,
    lastDeployId,
  });
  return new Set(rows.map((row) => row.id));
}

const selectRetained = prepared(
  (
    db: Reader,
    param: {
      environments: readonly number[];
      ids: readonly number[];
      current: readonly number[];
      date: Date;
      id: number;
      lastDeployId: number;
      projectId: number;
    },
  ) => {
    const { releaseProjects, releaseEnvironments } = db.tables;
    const { dateEffective, releaseId, projectId } = releaseProjects;
    const { environmentId, lastDeployId } = releaseEnvironments;
    const from = sql`(${sql.param(param.date, dateEffective)}, ${sql.param(param.id, releaseId)})`;
    const deployed = db
      .select({ one: sql`1` })
      .from(releaseEnvironments)
      .where(
        and(
          eq(releaseEnvironments.releaseId, releaseId),
          eq(releaseEnvironments.projectId, projectId),
          isNotNull(lastDeployId),
          or(anyOf(environmentId, param.environments), gt(lastDeployId, param.lastDeployId)),
        ),
      );
    return db
      .select({ id: releaseId })
      .from(releaseProjects)
      .where(
        and(
          eq(withoutIndex(projectId), param.projectId),
          anyOf(releaseId, param.ids),
          or(sql`(${dateEffective}, ${releaseId}) >= ${from}`, anyOf(releaseId, param.current), exists(deployed)),
        ),
      )
      .prepare();
  },
);

/**
 * Parses a rule. Returns null for a rule without parts, which keeps everything. Throws `invalid` for a rule with only environments: it would
 * delete artifacts between their upload and their first deploy.
 */
export function parseRule({ keepLast = null, keepDays = null, environments = [] }: SetRetentionInput): RetentionRule | null {
  if (keepLast !== null || keepDays !== null) return { keepLast, keepDays, environments: [...new Set(environments)] };
  if (environments.length === 0) return null;
  throw invalidField(
    "environments",
    "Also set a number of releases or days. With environments alone, artifacts would be deleted before their first deploy.",
  );
}

/** Returns the environments of a rule. Throws `invalid` for one that no deploy within reach used, so that a typo cannot delete everything. */
export async function findRuleEnvironments(
  db: Reader,
  organizationId: number,
  names: readonly string[],
  reach: ProjectReach,
): Promise<EnvironmentRow[]> {
  const find = (wanted: readonly string[]) => findEnvironments(db, organizationId, wanted, () => Promise.resolve(reach));
  const found = await find(names);
  if (found) return found;
  for (const name of names) {
    if (!(await find([name]))) throw invalidField("environments", `No deploy used an environment named "${name}".`);
  }
  throw new Error("the environments of a rule were found one by one, and not together");
}
