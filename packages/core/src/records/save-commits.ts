import { anyOf } from "@landfall/db/sql/conditions";
import { jsonRows, type NewRow } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import { authorEmail, fixedIssues, storedMessage } from "@landfall/domain/commits/reported-commit";
import type { CommitInput } from "@landfall/schema/releases/commits";
import { and, type Column, eq, sql } from "drizzle-orm";
import type { Access } from "../access/organization-access.ts";
import { type ProjectReach, reachableProjects, releaseWithinReach } from "../access/project-reach.ts";
import { ensureAuthors } from "./authors.ts";
import { ensureRepositories, unnamedRepository } from "./repositories.ts";

/** The repository and hash of a commit in a list. */
export type CommitEntry = { readonly repositoryId: number; readonly sha: string };

/**
 * Stores commits with their repositories, authors, and files (contract 14.2–14.5). `entries` are the commits in the order of the list;
 * `stored` are the stored commits by `commitKey`.
 */
export async function saveCommits(
  tx: Tx,
  writer: CommitWriter,
  commits: readonly CommitInput[],
  now: Date,
): Promise<{ entries: CommitEntry[]; stored: Map<string, StoredCommit> }> {
  const { organizationId } = writer;
  const nameOf = ({ repository }: CommitInput) => repository || unnamedRepository(organizationId);
  const repositories = await ensureRepositories(tx, organizationId, new Set(commits.map(nameOf)), now);
  const authorIds = await ensureAuthors(tx, writer, namesByEmail(commits));

  const entries = commits.map((commit) => ({ commit, sha: commit.id, repositoryId: repositories.get(nameOf(commit))?.id ?? 0 }));
  const drafts = entries.map(({ commit: { message, timestamp, author_email, author_name }, sha, repositoryId }) => {
    const email = authorEmail(author_email, author_name);
    const stored = typeof message === "string" ? storedMessage(message) : undefined;
    return {
      repositoryId,
      sha,
      message: stored,
      dateCreated: timestamp ?? undefined,
      authorId: email === null ? undefined : authorIds.get(email),
      fixes: stored === undefined ? undefined : issuesOrNull(stored),
    };
  });
  const stored = await storeCommits(tx, writer, drafts, now);
  const files = entries.flatMap(({ commit, ...entry }) => {
    const commitId = stored.get(commitKey(entry))?.id ?? 0;
    return (commit.patch_set ?? []).map(({ path, type }) => ({ commitId, path, type }));
  });
  const changeable = await changeableCommits(tx, writer, [...new Set(files.map(({ commitId }) => commitId))]);
  await storeFiles(
    tx,
    files.filter(({ commitId }) => changeable.has(commitId)),
  );
  return { entries: entries.map(({ repositoryId, sha }) => ({ repositoryId, sha })), stored };
}

/** The names of authors to store, by email. */
export function namesByEmail(commits: readonly CommitInput[]): Map<string, string | null> {
  const names = new Map<string, string | null>();
  // Oldest first, so that the name in the newest commit is stored.
  for (const { author_email, author_name } of commits.toReversed()) {
    const email = authorEmail(author_email, author_name);
    if (email !== null) names.set(email, author_name || names.get(email) || null);
  }
  return names;
}

function issuesOrNull(message: string): string[] | null {
  const issues = fixedIssues(message);
  return issues.length > 0 ? issues : null;
}

/** The values of a commit to store. Undefined keeps the stored value. */
export type CommitDraft = {
  readonly repositoryId: number;
  readonly sha: string;
  readonly message: string | undefined;
  readonly authorId: number | undefined;
  readonly dateCreated: Date | undefined;
  /** The issues that the message says it fixes; null for none. */
  readonly fixes: string[] | null | undefined;
};

/** The columns of a stored commit that a list of commits needs. */
export type StoredCommit = { readonly id: number; readonly repositoryId: number; readonly sha: string; readonly authorId: number | null };

/** The key of a commit in a map: a sha is unique only within its repository. */
export const commitKey = ({ repositoryId, sha }: { repositoryId: number; sha: string }): string => `${repositoryId}:${sha}`;

/**
 * Stores commits, each once: unknown commits are added, and stored ones that the writer may change are updated with the values that
 * differ (contract 14.3). Returns every commit by `commitKey`.
 */
export async function storeCommits(
  tx: Tx,
  writer: CommitWriter,
  drafts: readonly CommitDraft[],
  now: Date,
): Promise<Map<string, StoredCommit>> {
  const { organizationId } = writer;
  const wanted = mergeDrafts(drafts);
  const stored = new Map<string, StoredCommit>();
  const unknown = new Map(wanted);
  const differing: { readonly id: number; readonly change: NewCommit }[] = [];
  for (const [repositoryId, group] of Map.groupBy(wanted.values(), (draft) => draft.repositoryId)) {
    for (const row of await selectCommits(tx, { repositoryId, shas: group.map(({ sha }) => sha) })) {
      const key = commitKey(row);
      stored.set(key, row);
      unknown.delete(key);
      const draft = wanted.get(key);
      if (draft && differs(draft, row)) differing.push({ id: row.id, change: rowOf(organizationId, draft, row.dateCreated) });
    }
  }
  if (unknown.size > 0) {
    const added = [...unknown.values()].map((draft) => rowOf(organizationId, draft, now));
    for (const row of await insertCommits(tx, { rows: added.toSorted(byRepositoryAndSha) })) {
      stored.set(commitKey(row), row);
      unknown.delete(commitKey(row));
      writer.added.add(row.id);
    }
  }
  const changeable = await changeableCommits(
    tx,
    writer,
    differing.map(({ id }) => id),
  );
  const changed = differing.flatMap(({ id, change }) => (changeable.has(id) ? change : []));
  if (changed.length > 0) {
    for (const row of await updateCommits(tx, { rows: changed.toSorted(byRepositoryAndSha) })) stored.set(commitKey(row), row);
  }
  if (unknown.size === 0) return stored;
  // Another transaction added these after they were looked up; the second call finds them.
  return new Map([...stored, ...(await storeCommits(tx, writer, [...unknown.values()], now))]);
}

/** Merges drafts of the same commit: of each field, the last value sent counts (contract 19). */
function mergeDrafts(drafts: readonly CommitDraft[]): Map<string, CommitDraft> {
  const wanted = new Map<string, CommitDraft>();
  for (const draft of drafts) {
    const key = commitKey(draft);
    const before = wanted.get(key);
    wanted.set(key, before ? mergeTwo(before, draft) : draft);
  }
  return wanted;
}

const mergeTwo = (before: CommitDraft, { repositoryId, sha, message, fixes, authorId, dateCreated }: CommitDraft): CommitDraft => ({
  repositoryId,
  sha,
  message: message ?? before.message,
  fixes: message === undefined ? before.fixes : fixes,
  authorId: authorId ?? before.authorId,
  dateCreated: dateCreated ?? before.dateCreated,
});

/** The row to insert or update. Values that were not sent are null, which the update ignores. */
const rowOf = (organizationId: number, draft: CommitDraft, dateCreated: Date): NewCommit => ({
  organizationId,
  repositoryId: draft.repositoryId,
  sha: draft.sha,
  message: draft.message ?? null,
  authorId: draft.authorId ?? null,
  fixes: draft.fixes ?? null,
  dateCreated: draft.dateCreated ?? dateCreated,
});

/** The order of all writes, so that two transactions that write the same rows cannot deadlock. */
const byRepositoryAndSha = (one: NewCommit, other: NewCommit): number =>
  one.repositoryId - other.repositoryId || (one.sha < other.sha ? -1 : 1);

function differs(draft: CommitDraft, row: { message: string | null; authorId: number | null; dateCreated: Date }): boolean {
  const { message, authorId, dateCreated } = draft;
  return (
    (message !== undefined && message !== row.message) ||
    (authorId !== undefined && authorId !== row.authorId) ||
    (dateCreated !== undefined && dateCreated.getTime() !== row.dateCreated.getTime())
  );
}

/** Longer messages are written without comparing them with the stored ones. */
const MAX_COMPARED_LENGTH = 4096;

const selectCommits = prepared((db: Reader, param: { shas: readonly string[]; repositoryId: number }) => {
  const { commits } = db.tables;
  const { id, repositoryId, sha, authorId, dateCreated } = commits;
  return db
    .select({
      id,
      repositoryId,
      sha,
      authorId,
      dateCreated,
      // Thousands of long messages are too much to read at once.
      message: sql<
        string | null
      >`case when length(${commits.message}) <= ${sql.raw(String(MAX_COMPARED_LENGTH))} then ${commits.message} end`,
    })
    .from(commits)
    .where(and(eq(commits.repositoryId, param.repositoryId), anyOf(commits.sha, param.shas)))
    .prepare();
});

const COMMIT_COLUMNS = ["organizationId", "repositoryId", "sha", "message", "authorId", "fixes", "dateCreated"] as const;

type NewCommit = NewRow<"commits", typeof COMMIT_COLUMNS>;

const insertCommits = prepared((tx: Tx, param: { rows: readonly NewCommit[] }) =>
  tx
    .insert(tx.tables.commits)
    .select(jsonRows(tx, tx.tables.commits, COMMIT_COLUMNS, param.rows))
    .onConflictDoNothing()
    .returning(storedColumns(tx))
    .prepare(),
);

const updateCommits = prepared((tx: Tx, param: { rows: readonly NewCommit[] }) => {
  const { commits } = tx.tables;
  return tx
    .insert(commits)
    .select(jsonRows(tx, tx.tables.commits, COMMIT_COLUMNS, param.rows))
    .onConflictDoUpdate({
      target: [commits.repositoryId, commits.sha],
      set: {
        message: sql`coalesce(excluded.message, ${commits.message})`,
        authorId: sql`coalesce(excluded.author_id, ${commits.authorId})`,
        dateCreated: sql`excluded.date_created`,
        fixes: sql`case when excluded.message is null then ${commits.fixes} else excluded.fixes end`,
      },
    })
    .returning(storedColumns(tx))
    .prepare();
});

const storedColumns = ({ tables: { commits } }: Tx) => ({
  id: commits.id,
  repositoryId: commits.repositoryId,
  sha: commits.sha,
  authorId: commits.authorId,
});

type FileChange = { readonly commitId: number; readonly path: string; readonly type: string };

/** Stores the files that commits changed. A path that a commit already has is not updated (contract 14.5). */
async function storeFiles(tx: Tx, changes: readonly FileChange[]): Promise<void> {
  if (changes.length === 0) return;
  // Sorted, so that two transactions that write the same rows cannot deadlock.
  const inOrder = changes.toSorted((one, other) => one.commitId - other.commitId || comparePaths(one.path, other.path));
  await insertFiles(tx, { rows: inOrder });
}

/** Equal paths keep their order: the first of them is stored. */
const comparePaths = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

const FILE_COLUMNS = ["commitId", "path", "type"] as const;

const insertFiles = prepared((tx: Tx, param: { rows: readonly NewRow<"commitFiles", typeof FILE_COLUMNS>[] }) =>
  tx
    .insert(tx.tables.commitFiles)
    .select(jsonRows(tx, tx.tables.commitFiles, FILE_COLUMNS, param.rows))
    .onConflictDoNothing()
    .prepare(),
);

/** The caller that stores commits, which decides which stored commits may change. */
export type CommitWriter = {
  readonly organizationId: number;
  readonly reach: ProjectReach;
  /** The ids of the commits that this request added, which it may change. */
  readonly added: Set<number>;
};

/** Returns the caller as a writer of commits. */
export const commitWriter = async (db: Reader, access: Access): Promise<CommitWriter> => ({
  organizationId: access.organization.id,
  reach: await reachableProjects(db, access),
  added: new Set(),
});

/**
 * Returns the ids of the stored commits that a writer may change: all if every project is within reach; else the commits that this request
 * added, and those of which all releases are within reach, with at least one release. As with releases, reading requires one project
 * within reach and changing requires all (contract 4.2), so that adding a commit to a release does not allow changing it for other
 * releases. At most one query.
 */
async function changeableCommits(db: Reader, { reach, added }: CommitWriter, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (reach.all || ids.length === 0) return new Set(ids);
  const rows = await selectReleaseReach(db, { ids, projectIds: [...reach.ids] });
  const within = new Set(rows.filter(({ isWithin }) => isWithin === 1).map(({ commitId }) => commitId));
  const beyond = new Set(rows.filter(({ isWithin }) => isWithin === 0).map(({ commitId }) => commitId));
  return new Set(ids.filter((id) => added.has(id) || (within.has(id) && !beyond.has(id))));
}

/** Whether releases within reach contain a commit, in their list or as a head commit, and whether others do. At most two rows per commit. */
const selectReleaseReach = prepared((db: Reader, param: { ids: readonly number[]; projectIds: readonly number[] }) => {
  const { releaseCommits, releaseHeads } = db.tables;
  const isWithin = (releaseId: Column) =>
    sql<number>`case when ${releaseWithinReach(db, releaseId, param.projectIds)} then 1 else 0 end`.mapWith(Number);
  const listed = db
    .selectDistinct({ commitId: releaseCommits.commitId, isWithin: isWithin(releaseCommits.releaseId) })
    .from(releaseCommits)
    .where(anyOf(releaseCommits.commitId, param.ids));
  const heads = db
    .selectDistinct({ commitId: releaseHeads.commitId, isWithin: isWithin(releaseHeads.releaseId) })
    .from(releaseHeads)
    .where(anyOf(releaseHeads.commitId, param.ids));
  return listed.union(heads).prepare();
});
