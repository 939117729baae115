import { anyOf, withoutIndex } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { EnvironmentRow, ProjectRow, RetentionRuleRow } from "@landfall/db/tables/schema";
import type { SetRetentionInput } from "@landfall/schema/artifacts/retention";
import { and, desc, eq, exists, gt, isNotNull, max, or, sql } from "drizzle-orm";
import type { ProjectReach } from "../../access/project-reach.ts";
import { invalidField } from "../../kernel/app-error.ts";
import { GRACE_PERIOD } from "../../records/artifacts/inspect-blob-store.ts";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";
import { findEnvironments } from "../../records/environments/environments.ts";
import { findCurrentDeploys, type Place } from "../../records/environments/latest-deploys.ts";

/** The reasons of a project to keep artifacts. */
export type RetentionRule = Pick<RetentionRuleRow, "keepLast" | "keepDays" | "environments">;

/** A place in the releases of a project, by their date. */
type Boundary = { readonly date: Date; readonly id: number };

/** A rule as it stands at one moment, looked up as far as that can be done once for all artifacts. */
export type RetentionPolicy = {
  readonly projectId: number;
  /** What was uploaded since is kept. */
  readonly before: Date;
  /** Whether what is of no release goes when it is old; without a number of days it is never old. */
  readonly agesOut: boolean;
  /** This release and those after it are kept. */
  readonly from: Boundary;
  /** What was ever deployed to one of these is kept. */
  readonly environmentIds: readonly number[];
  /** The releases that are somewhere now. */
  readonly current: readonly number[];
  /** The last deploy looked at: whatever is deployed later is kept. */
  readonly lastDeployId: number;
};

const DAY = 24 * 60 * 60 * 1000;

/** Before every release, and behind all of them. */
const BEFORE_ALL: Boundary = { date: new Date("0001-01-01T00:00:00Z"), id: -1 };

const AFTER_ALL: Boundary = { date: new Date("9999-12-31T23:59:59Z"), id: Number.MAX_SAFE_INTEGER };

/**
 * Looks up what the rule of a project says at this moment. What was uploaded within a day is kept whatever it says. Throws `invalid` at
 * `environments` for one that does not exist.
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
    before: new Date(now.getTime() - Math.max(GRACE_PERIOD, (rule.keepDays ?? 0) * DAY)),
    agesOut: rule.keepDays !== null,
    from: rule.keepLast === null ? AFTER_ALL : await findOldestRetained(db, { projectId: id, organizationId }, rule.keepLast),
    environmentIds: environments.map((environment) => environment.id),
    current: await findCurrentReleases(db, id),
    lastDeployId: last?.id ?? 0,
  };
}

/** Releases looked at in one statement. */
const ROWS_AT_ONCE = 500;

/** The last of the newest `count` releases that have artifacts; before all of them when there are no more. */
async function findOldestRetained(db: Reader, project: { projectId: number; organizationId: number }, count: number): Promise<Boundary> {
  let found = 0;
  for (let at = AFTER_ALL; ;) {
    const rows = await selectReleases(db, { ...project, date: at.date, id: at.id });
    for (const row of rows) {
      found += row.has ? 1 : 0;
      if (found === count) return row;
    }
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return BEFORE_ALL;
    at = last;
  }
}

const selectReleases = prepared((db: Reader, param: { date: Date; id: number; organizationId: number; projectId: number }) => {
  const { releaseProjects, releases, releaseFiles, releaseArchives, artifactReleases, artifactBundleReleases } = db.tables;
  const { artifactBundleProjects } = db.tables;
  const { dateEffective, releaseId, projectId } = releaseProjects;
  const one = { one: sql`1` };
  const at = sql`(${sql.param(param.date, dateEffective)}, ${sql.param(param.id, releaseId)})`;
  const bundled = db
    .select(one)
    .from(artifactReleases)
    .innerJoin(artifactBundleReleases, eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id))
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, projectId), eq(artifactBundleProjects.bundleId, artifactBundleReleases.bundleId)),
    )
    .where(and(eq(artifactReleases.organizationId, releases.organizationId), eq(artifactReleases.version, releases.version)));
  const has = or(
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
    .select({ id: releaseId, date: dateEffective, has: sql<boolean>`${has}`.mapWith(Boolean) })
    .from(releaseProjects)
    .innerJoin(releases, and(eq(releases.id, releaseId), eq(releases.organizationId, param.organizationId)))
    .where(and(eq(projectId, param.projectId), sql`(${dateEffective}, ${releaseId}) < ${at}`))
    .orderBy(desc(dateEffective), desc(releaseId))
    .limit(ROWS_AT_ONCE)
    .prepare();
});

/** Environments whose last deploy is looked up in one statement. */
const PLACES_AT_ONCE = 100;

/** The releases that are what was deployed last to an environment the project does not hide. */
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

/** Which of these releases of a project its rule keeps, whatever their age. */
export async function retainedReleases(db: Reader, judge: RetentionPolicy, releaseIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (releaseIds.length === 0) return new Set();
  const { projectId, from, environmentIds, current, lastDeployId } = judge;
  const rows = await selectRetained(db, {
    projectId,
    ids: releaseIds,
    date: from.date,
    id: from.id,
    environments: environmentIds,
    current,
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
 * The rule that somebody wrote down; null for one without any part, which is none. Throws `invalid` for environments alone: whatever is
 * uploaded is deployed later, and would be gone by then.
 */
export function parseRule({ keepLast = null, keepDays = null, environments = [] }: SetRetentionInput): RetentionRule | null {
  if (keepLast !== null || keepDays !== null) return { keepLast, keepDays, environments: [...new Set(environments)] };
  if (environments.length === 0) return null;
  throw invalidField(
    "environments",
    "Say also of how many releases, or for how many days: what is uploaded is deployed later, and must be there until then.",
  );
}

/** The environments a rule names. Throws `invalid` for one that no deploy within reach used, so that a typo cannot delete everything. */
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
    if (!(await find([name]))) throw invalidField("environments", `Nothing was ever deployed to an environment called "${name}".`);
  }
  throw new Error("the environments of a rule were found one by one, and not together");
}
