import { setImmediate } from "node:timers/promises";
import { anyOf, literalLimit } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { PersonBriefView } from "@landfall/schema/brief";
import type { ContentDifferenceView } from "@landfall/schema/releases/compare";
import { and, eq, gte, isNotNull, lt } from "drizzle-orm";
import { findAuthorRows } from "../../records/authors.ts";
import { briefContributors, contributorKey } from "../../records/contributors.ts";

// Everything is read in batches, and other requests are let in between. A batch takes at most some 40 ms in SQLite.
const LISTED_BATCH = 5000;
const COMMIT_BATCH = 1000;
const FILE_BATCH = 250;
const AUTHOR_BATCH = 1000;
/** At most this many files are read for one batch of commits, 40 per commit on average. */
const BATCH_FILES = 40 * FILE_BATCH;
/** The contributors with the most commits that are read, and the files. */
const MAX_AUTHORS = 5000;
const MAX_FILES = 50_000;

/** Returns the items in batches. */
export function* batchesOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

type WithCommits = { readonly id: number; readonly commitCount: number };

/**
 * Yields the ids of the commits of some releases, at most 5,000 at a time: in the order of the releases, then in that of their lists. One
 * query for each part.
 */
export async function* readCommitLists(db: Reader, releases: readonly WithCommits[]): AsyncGenerator<number[]> {
  for (const part of partsOf(releases)) {
    const rank = new Map(part.ids.map((id, index) => [id, index]));
    const rows = await selectListed(db, part);
    const inOrder = rows.toSorted((a, b) => (rank.get(a.releaseId) ?? 0) - (rank.get(b.releaseId) ?? 0) || a.position - b.position);
    yield inOrder.map(({ commitId }) => commitId);
    await setImmediate();
  }
}

/** A part of the commit lists of releases: the positions of one long list, or several whole lists. */
type ListedPart = { readonly ids: readonly number[]; readonly from: number; readonly to: number };

function* partsOf(releases: readonly WithCommits[]): Generator<ListedPart> {
  let [ids, size]: [number[], number] = [[], 0];
  for (const { id, commitCount } of releases) {
    if (commitCount === 0) continue;
    if (size > 0 && size + commitCount > LISTED_BATCH) {
      yield { ids, from: 0, to: LISTED_BATCH };
      [ids, size] = [[], 0];
    }
    if (commitCount > LISTED_BATCH) {
      for (let from = 0; from < commitCount; from += LISTED_BATCH) yield { ids: [id], from, to: from + LISTED_BATCH };
    } else {
      ids.push(id);
      size += commitCount;
    }
  }
  if (size > 0) yield { ids, from: 0, to: LISTED_BATCH };
}

const selectListed = prepared((db: Reader, param: { ids: readonly number[]; from: number; to: number }) => {
  const { releaseId, commitId, position } = db.tables.releaseCommits;
  return db
    .select({ releaseId, commitId, position })
    .from(db.tables.releaseCommits)
    .where(and(anyOf(releaseId, param.ids), gte(position, param.from), lt(position, param.to)))
    .prepare();
});

/** Some commits, and a bit for each side that they belong to. */
export type CommitGroup = { readonly ids: readonly number[]; readonly sides: number };

type Contributions = {
  /** Most commits first; `commits` has the number of each group. */
  readonly items: readonly { readonly person: PersonBriefView; readonly commits: readonly number[] }[];
  readonly isCapped: boolean;
};

/**
 * Returns the contributors of groups of commits, most commits first. The emails of one member count as one contributor. One query for 1,000
 * commits, and four for 1,000 contributors.
 */
export async function countContributions(db: Reader, organizationId: number, groups: readonly CommitGroup[]): Promise<Contributions> {
  const byAuthor = new Map<number, number[]>();
  for (const batch of batchesOf(membersOf(groups), COMMIT_BATCH)) {
    const indexOf = new Map(batch.map(({ id, index }) => [id, index]));
    for (const { id, authorId } of await selectAuthorIds(db, { ids: [...indexOf.keys()] })) {
      if (authorId === null) continue;
      const counts = byAuthor.get(authorId) ?? groups.map(() => 0);
      const index = indexOf.get(id) ?? 0;
      counts[index] = (counts[index] ?? 0) + 1;
      byAuthor.set(authorId, counts);
    }
    await setImmediate();
  }
  const authors = [...byAuthor].toSorted(([a, ofA], [b, ofB]) => sumOf(ofB) - sumOf(ofA) || a - b).slice(0, MAX_AUTHORS);
  const people = new Map<string, Contributions["items"][number]>();
  for (const batch of batchesOf(authors, AUTHOR_BATCH)) {
    const rows = await findAuthorRows(
      db,
      batch.map(([id]) => id),
    );
    const found = await briefContributors(db, organizationId, rows);
    for (const [id, commits] of batch) {
      const person = found.get(id);
      if (!person) continue;
      const known = people.get(contributorKey(person));
      const added = known ? { person: known.person, commits: known.commits.map((one, index) => one + (commits[index] ?? 0)) } : null;
      people.set(contributorKey(person), added ?? { person, commits });
    }
    await setImmediate();
  }
  const items = [...people.values()].toSorted((a, b) => sumOf(b.commits) - sumOf(a.commits));
  return { items, isCapped: byAuthor.size > MAX_AUTHORS };
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

const selectAuthorIds = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { id, authorId } = db.tables.commits;
  return db
    .select({ id, authorId })
    .from(db.tables.commits)
    .where(and(anyOf(id, param.ids), isNotNull(authorId)))
    .prepare();
});

/** A commit with the index of its group. */
type Member = { readonly id: number; readonly index: number };

const membersOf = (groups: readonly CommitGroup[]): Member[] => groups.flatMap(({ ids }, index) => ids.map((id) => ({ id, index })));

type ChangedFile = ContentDifferenceView["files"]["items"][number];
type ChangedFiles = {
  /** The number of files that are on exactly these sides, and the first by path. */
  of(sides: number): ContentDifferenceView["files"];
  readonly isCapped: boolean;
};

/**
 * Returns the files that groups of commits changed, by the sides they are on. A file is identified by its repository and path. One query for
 * 250 commits.
 */
export async function findChangedFiles(db: Reader, groups: readonly CommitGroup[], limit: number): Promise<ChangedFiles> {
  const files = new Map<string, ChangedFile & { sides: number }>();
  let isCapped = false;
  for (const batch of batchesOf(membersOf(groups), FILE_BATCH)) {
    isCapped ||= files.size >= MAX_FILES;
    if (files.size >= MAX_FILES) break;
    const indexOf = new Map(batch.map(({ id, index }) => [id, index]));
    const rows = await selectFiles(db, { ids: [...indexOf.keys()] });
    isCapped ||= rows.length === BATCH_FILES;
    for (const { commitId, repositoryId, repository, path } of rows) {
      const key = `${repositoryId} ${path}`;
      const sides = groups[indexOf.get(commitId) ?? 0]?.sides ?? 0;
      const known = files.get(key);
      if (known) known.sides |= sides;
      else files.set(key, { repository, path, sides });
    }
    await setImmediate();
  }
  const lists = new Map<number, { total: number; items: ChangedFile[] }>();
  for (const batch of batchesOf([...files.values()], 10_000)) {
    for (const [sides, found] of Map.groupBy(batch, (file) => file.sides)) {
      const { total, items } = lists.get(sides) ?? { total: 0, items: [] };
      const last = items.length < limit ? undefined : items.at(-1);
      const candidates = last ? found.filter((file) => compareFiles(file, last) < 0) : found;
      const first = [...items, ...candidates].toSorted(compareFiles).slice(0, limit);
      lists.set(sides, { total: total + found.length, items: first.map(({ repository, path }) => ({ repository, path })) });
    }
    await setImmediate();
  }
  return { of: (sides) => lists.get(sides) ?? { total: 0, items: [] }, isCapped };
}

const compareFiles = (a: ChangedFile, b: ChangedFile): number => compareText(a.path, b.path) || compareText(a.repository, b.repository);

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const selectFiles = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { commits, commitFiles, repositories } = db.tables;
  return db
    .select({
      commitId: commits.id,
      repositoryId: commits.repositoryId,
      repository: repositories.name,
      path: commitFiles.path,
    })
    .from(commits)
    .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
    .innerJoin(commitFiles, eq(commitFiles.commitId, commits.id))
    .where(anyOf(commits.id, param.ids))
    .limit(literalLimit(BATCH_FILES))
    .prepare();
});
