import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/fields/query";
import { instant } from "@landfall/schema/instant";
import type { ReleaseAuthorsView } from "@landfall/schema/releases/commits";
import { REL_READ } from "@landfall/schema/scope";
import { asc, count, desc, eq, max } from "drizzle-orm";
import { atRelease } from "../../access/at-release.ts";
import { query } from "../../kernel/operation.ts";
import { briefContributors, contributorKey } from "../../records/contributors.ts";

/** Author addresses that are read. */
const MAX_AUTHORS = 5000;

/** Contributors that are returned. */
const LISTED = 500;

type Share = ReleaseAuthorsView["items"][number];

/**
 * Lists the contributors of a release by the number of their commits. All addresses of one contributor count together. Five queries besides
 * those of access.
 */
export const listReleaseContributors = query({
  scope: REL_READ,
  at: atRelease,
  input: NoInput,
  run: async ({ db, at: { release } }): Promise<ReleaseAuthorsView> => {
    const rows = await selectShares(db, { releaseId: release.id });
    const contributors = await briefContributors(
      db,
      release.organizationId,
      rows.flatMap(({ author }) => author ?? []),
    );
    const shares = new Map<string, Share>();
    let unnamed = 0;
    for (const { author, commits, last } of rows) {
      const person = author && contributors.get(author.id);
      if (!person) unnamed += commits;
      else if (last) addShare(shares, { person, commits, lastCommit: instant(last) });
    }
    const items = [...shares.values()].toSorted((a, b) => b.commits - a.commits || compare(b.lastCommit, a.lastCommit));
    return { total: items.length, items: items.slice(0, LISTED), unnamed };
  },
});

/** Compares instants as text: they all have the same length. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function addShare(shares: Map<string, Share>, share: Share): void {
  const { person, commits, lastCommit } = share;
  const key = contributorKey(person);
  const known = shares.get(key);
  if (!known) shares.set(key, share);
  else {
    const isBot = known.person.isBot || person.isBot;
    const last = compare(known.lastCommit, lastCommit) < 0 ? lastCommit : known.lastCommit;
    shares.set(key, { person: { ...known.person, isBot }, commits: known.commits + commits, lastCommit: last });
  }
}

const selectShares = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseCommits, commits, commitAuthors } = db.tables;
  return db
    .select({ author: commitAuthors, commits: count(), last: max(commits.dateCreated) })
    .from(releaseCommits)
    .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
    .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
    .where(eq(releaseCommits.releaseId, param.releaseId))
    .groupBy(commitAuthors.id)
    .orderBy(desc(count()), asc(commitAuthors.id))
    .limit(MAX_AUTHORS)
    .prepare();
});
