import { setImmediate } from "node:timers/promises";
import { anyOf, withoutIndex } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow, RetentionRuleRow } from "@landfall/db/tables/schema";
import { and, asc, eq, ne, type SQL, sql } from "drizzle-orm";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";
import { findRules } from "../../records/retention-rules.ts";
import { loadPolicy, retainedReleases, type RetentionPolicy, type RetentionRule } from "./retention-policy.ts";

/** A release whose own files and archives no project keeps any longer. They stay or go together. */
export type ExpiredFiles = { readonly releaseId: number; readonly version: string; readonly dateUploaded: Date };

/** The judges of projects; null for one without a rule, which keeps everything. */
type PolicyOf = (projectId: number) => Promise<RetentionPolicy | null>;

/** Releases looked at in one statement: a few milliseconds. */
const ROWS_AT_ONCE = 200;

/** The releases whose own files go, some at a time, the oldest first: those of a project that no project of theirs keeps any longer. */
export async function* findExpiredFiles(db: Reader, projectId: number, judgeOf: PolicyOf): AsyncIterable<readonly ExpiredFiles[]> {
  let at = { date: new Date("0001-01-01T00:00:00Z"), id: -1 };
  for (let more = true; more;) {
    const rows = await selectReleases(db, { projectId, ...at });
    const last = rows.at(-1);
    if (last) at = { date: last.dateCreated, id: last.releaseId };
    more = rows.length === ROWS_AT_ONCE;
    const going = await selectExpired(db, rows, projectId, judgeOf);
    if (going.length > 0) yield going;
    await setImmediate();
  }
}

/** Which of these still go. */
export async function filterStillExpiredFiles(
  db: Reader,
  projectId: number,
  files: readonly ExpiredFiles[],
  judgeOf: PolicyOf,
): Promise<readonly ExpiredFiles[]> {
  const rows = await selectThese(db, { projectId, ids: files.map(({ releaseId }) => releaseId) });
  return selectExpired(db, rows, projectId, judgeOf);
}

type Candidate = Omit<ExpiredFiles, "dateUploaded"> & { readonly file: Date | null; readonly archive: Date | null };

/** Keeps what its project keeps, then what another project of the same release keeps. */
async function selectExpired(db: Reader, rows: readonly Candidate[], projectId: number, judgeOf: PolicyOf): Promise<ExpiredFiles[]> {
  const some = rows.flatMap(({ releaseId, version, file, archive }) => {
    const dateUploaded = later(file, archive);
    return dateUploaded === null ? [] : [{ releaseId, version, dateUploaded }];
  });
  const dropped = await expiredUnder(db, some, await judgeOf(projectId));
  if (dropped.length === 0) return [];
  const links = await selectOthers(db, { projectId, ids: dropped.map(({ releaseId }) => releaseId) });
  const kept = new Set<number>();
  for (const [other, ofOther] of Map.groupBy(links, (link) => link.projectId)) {
    const ids = new Set(ofOther.map((link) => link.releaseId));
    const mine = dropped.filter(({ releaseId }) => ids.has(releaseId));
    const alsoDropped = new Set((await expiredUnder(db, mine, await judgeOf(other))).map(({ releaseId }) => releaseId));
    for (const id of ids) if (!alsoDropped.has(id)) kept.add(id);
  }
  return dropped.filter(({ releaseId }) => !kept.has(releaseId));
}

const later = (a: Date | null, b: Date | null): Date | null => (a === null || (b !== null && b > a) ? b : a);

async function expiredUnder(db: Reader, files: readonly ExpiredFiles[], judge: RetentionPolicy | null): Promise<ExpiredFiles[]> {
  if (judge === null) return [];
  const old = files.filter(({ dateUploaded }) => dateUploaded < judge.before);
  const kept = await retainedReleases(
    db,
    judge,
    old.map(({ releaseId }) => releaseId),
  );
  return old.filter(({ releaseId }) => !kept.has(releaseId));
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

const selectThese = prepared((db: Reader, param: { ids: readonly number[]; projectId: number }) => {
  const { releaseId, projectId } = db.tables.releaseProjects;
  return candidates(db)
    .where(and(eq(withoutIndex(projectId), param.projectId), anyOf(releaseId, param.ids)))
    .prepare();
});

const selectOthers = prepared((db: Reader, param: { ids: readonly number[]; projectId: number }) => {
  const { releaseId, projectId } = db.tables.releaseProjects;
  return db
    .select({ releaseId, projectId })
    .from(db.tables.releaseProjects)
    .where(and(anyOf(releaseId, param.ids), ne(projectId, param.projectId)))
    .prepare();
});

/** Judges of the projects of one organization, each looked up once. */
export type PolicyCache = {
  readonly judgeOf: PolicyOf;
  /** Those looked up before, for use in a transaction; a project that was not looked up keeps everything. */
  readonly known: PolicyOf;
  /** The rules they judge by. */
  readonly rules: ReadonlyMap<number, RetentionRule & Pick<RetentionRuleRow, "dateChanged">>;
};

/** Judges by the projects' own rules at this moment, but for a project that is given another, or none. */
export function createPolicyCache(
  db: Reader,
  organizationId: number,
  now: Date,
  given?: { readonly projectId: number; readonly rule: RetentionRule | null },
): PolicyCache {
  const judges = new Map<number, RetentionPolicy | null>();
  const rules = new Map<number, RetentionRuleRow>();
  const make = async (projectId: number): Promise<RetentionPolicy | null> => {
    const project: Pick<ProjectRow, "id" | "organizationId"> = { id: projectId, organizationId };
    if (given?.projectId === projectId) return given.rule && loadPolicy(db, project, given.rule, now);
    const rule = (await findRules(db, [projectId])).get(projectId);
    if (!rule) return null;
    rules.set(projectId, rule);
    return loadPolicy(db, project, rule, now);
  };
  return {
    rules,
    known: async (projectId) => judges.get(projectId) ?? null,
    async judgeOf(projectId) {
      const known = judges.get(projectId);
      if (known !== undefined) return known;
      const judge = await make(projectId);
      judges.set(projectId, judge);
      return judge;
    },
  };
}
