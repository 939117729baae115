import { setImmediate } from "node:timers/promises";
import { anyOf, withoutIndex } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow, RetentionRuleRow } from "@landfall/db/tables/schema";
import { and, asc, eq, ne, type SQL, sql } from "drizzle-orm";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";
import { findRules } from "../../records/retention-rules.ts";
import { loadPolicy, retainedReleases, type RetentionPolicy, type RetentionRule } from "./retention-policy.ts";

/** A release whose own files and archives none of its projects retains. They are deleted together. */
export type ExpiredFiles = { readonly releaseId: number; readonly version: string; readonly dateUploaded: Date };

/** Returns the policy of a project; null for a project without a rule, which keeps everything. */
type PolicyOf = (projectId: number) => Promise<RetentionPolicy | null>;

/** The releases that one statement reads, in a few milliseconds. */
const ROWS_AT_ONCE = 200;

/**
 * Yields the releases of a project whose own files are expired, in batches, the oldest first. The files of a release expire when none of its
 * projects retains them. Other requests run between the batches.
 */
export async function* findExpiredFiles(db: Reader, projectId: number, policyOf: PolicyOf): AsyncIterable<readonly ExpiredFiles[]> {
  let after = { date: new Date("0001-01-01T00:00:00Z"), id: -1 };
  for (let more = true; more;) {
    const rows = await selectReleases(db, { projectId, ...after });
    const last = rows.at(-1);
    if (last) after = { date: last.dateCreated, id: last.releaseId };
    more = rows.length === ROWS_AT_ONCE;
    const expired = await selectExpired(db, rows, projectId, policyOf);
    if (expired.length > 0) yield expired;
    await setImmediate();
  }
}

/** Returns those releases whose files are still expired. */
export async function filterStillExpiredFiles(
  db: Reader,
  projectId: number,
  files: readonly ExpiredFiles[],
  policyOf: PolicyOf,
): Promise<readonly ExpiredFiles[]> {
  const rows = await selectByIds(db, { projectId, ids: files.map(({ releaseId }) => releaseId) });
  return selectExpired(db, rows, projectId, policyOf);
}

type Candidate = Omit<ExpiredFiles, "dateUploaded"> & { readonly file: Date | null; readonly archive: Date | null };

/** Excludes what the project retains, then what other projects of the same release retain. */
async function selectExpired(db: Reader, rows: readonly Candidate[], projectId: number, policyOf: PolicyOf): Promise<ExpiredFiles[]> {
  const withFiles = rows.flatMap(({ releaseId, version, file, archive }) => {
    const dateUploaded = later(file, archive);
    return dateUploaded === null ? [] : [{ releaseId, version, dateUploaded }];
  });
  const expired = await expiredUnder(db, withFiles, await policyOf(projectId));
  if (expired.length === 0) return [];
  const links = await selectOtherProjects(db, { projectId, ids: expired.map(({ releaseId }) => releaseId) });
  const retained = new Set<number>();
  for (const [other, ofOther] of Map.groupBy(links, (link) => link.projectId)) {
    const ids = new Set(ofOther.map((link) => link.releaseId));
    const shared = expired.filter(({ releaseId }) => ids.has(releaseId));
    const alsoExpired = new Set((await expiredUnder(db, shared, await policyOf(other))).map(({ releaseId }) => releaseId));
    for (const id of ids) if (!alsoExpired.has(id)) retained.add(id);
  }
  return expired.filter(({ releaseId }) => !retained.has(releaseId));
}

const later = (a: Date | null, b: Date | null): Date | null => (a === null || (b !== null && b > a) ? b : a);

async function expiredUnder(db: Reader, files: readonly ExpiredFiles[], policy: RetentionPolicy | null): Promise<ExpiredFiles[]> {
  if (policy === null) return [];
  const old = files.filter(({ dateUploaded }) => dateUploaded < policy.uploadedBefore);
  const retained = await retainedReleases(
    db,
    policy,
    old.map(({ releaseId }) => releaseId),
  );
  return old.filter(({ releaseId }) => !retained.has(releaseId));
}

const candidates = (db: Reader) => {
  const { releaseProjects, releases, releaseFiles, releaseArchives } = db.tables;
  const newest = (table: typeof releaseFiles | typeof releaseArchives, isShown: SQL | undefined) => {
    const dates = db
      .select({ date: sql`max(${table.dateCreated})` })
      .from(table)
      .where(and(eq(table.releaseId, releases.id), isShown));
    return sql<Date | null>`(${dates})`.mapWith(table.dateCreated);
  };
  return db
    .select({
      releaseId: releaseProjects.releaseId,
      version: releases.version,
      dateCreated: releaseProjects.dateCreated,
      file: newest(releaseFiles, isShownFile(db)),
      archive: newest(releaseArchives, isShownArchive(db)),
    })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId));
};

const selectReleases = prepared((db: Reader, param: { projectId: number; date: Date; id: number }) => {
  const { dateCreated, releaseId, projectId } = db.tables.releaseProjects;
  const at = sql`(${sql.param(param.date, dateCreated)}, ${sql.param(param.id, releaseId)})`;
  return candidates(db)
    .where(and(eq(projectId, param.projectId), sql`(${dateCreated}, ${releaseId}) > ${at}`))
    .orderBy(asc(dateCreated), asc(releaseId))
    .limit(ROWS_AT_ONCE)
    .prepare();
});

const selectByIds = prepared((db: Reader, param: { ids: readonly number[]; projectId: number }) => {
  const { releaseId, projectId } = db.tables.releaseProjects;
  return candidates(db)
    .where(and(eq(withoutIndex(projectId), param.projectId), anyOf(releaseId, param.ids)))
    .prepare();
});

const selectOtherProjects = prepared((db: Reader, param: { ids: readonly number[]; projectId: number }) => {
  const { releaseId, projectId } = db.tables.releaseProjects;
  return db
    .select({ releaseId, projectId })
    .from(db.tables.releaseProjects)
    .where(and(anyOf(releaseId, param.ids), ne(projectId, param.projectId)))
    .prepare();
});

/** The policies of the projects of one organization, each loaded once. */
export type PolicyCache = {
  readonly policyOf: PolicyOf;
  /** Returns only policies that are already loaded, for use in a transaction. A project without a loaded policy keeps everything. */
  readonly loadedPolicyOf: PolicyOf;
  /** The rules of the loaded policies, by project id. */
  readonly rules: ReadonlyMap<number, RetentionRule & Pick<RetentionRuleRow, "dateChanged">>;
};

/** Creates a cache of the projects' policies. `override` replaces the rule of one project; null is no rule. */
export function createPolicyCache(
  db: Reader,
  organizationId: number,
  now: Date,
  override?: { readonly projectId: number; readonly rule: RetentionRule | null },
): PolicyCache {
  const policies = new Map<number, RetentionPolicy | null>();
  const rules = new Map<number, RetentionRuleRow>();
  const load = async (projectId: number): Promise<RetentionPolicy | null> => {
    const project: Pick<ProjectRow, "id" | "organizationId"> = { id: projectId, organizationId };
    if (override?.projectId === projectId) return override.rule && loadPolicy(db, project, override.rule, now);
    const rule = (await findRules(db, [projectId])).get(projectId);
    if (!rule) return null;
    rules.set(projectId, rule);
    return loadPolicy(db, project, rule, now);
  };
  return {
    rules,
    loadedPolicyOf: async (projectId) => policies.get(projectId) ?? null,
    async policyOf(projectId) {
      const loaded = policies.get(projectId);
      if (loaded !== undefined) return loaded;
      const policy = await load(projectId);
      policies.set(projectId, policy);
      return policy;
    },
  };
}
