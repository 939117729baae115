import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import type { ReportedView } from "@landfall/schema/releases/compare";
import { briefCommits } from "../../records/briefs.ts";
import { findCommitsInOrder } from "../../records/commits.ts";
import { countContributions, findChangedFiles, readCommitLists } from "./commit-contents.ts";

/** Two releases of one organization, and the maximum length of each list. */
type Pair = { readonly organizationId: number; readonly base: ReleaseRow; readonly head: ReleaseRow; readonly limit: number };

/** The commits of one release that are read; more than one request can report. */
const MAX_COMMITS = 20_000;

const BASE = 1;
const HEAD = 2;
const BOTH = BASE | HEAD;

/**
 * Returns what was reported with two releases, without the releases before them: the commits, contributors, and files of one and of both.
 * Commits are in the order of their release, those of both in the order of the head. Reads in batches, so the number of queries grows with
 * the commits: about 13, and 5 more for each 1,000 commits.
 */
export async function compareReported(db: Reader, { organizationId, base, head, limit }: Pair): Promise<ReportedView> {
  const ofBase = await readCommits(db, base);
  const ofHead = head.id === base.id ? ofBase : await readCommits(db, head);
  const onlyHead = [...ofHead.ids.difference(ofBase.ids)];
  const onlyBase = [...ofBase.ids.difference(ofHead.ids)];
  const both = [...ofHead.ids].filter((id) => ofBase.ids.has(id));
  const lists = [onlyHead, onlyBase, both].map((ids) => ids.slice(0, limit));
  const views = await briefCommits(db, organizationId, await findCommitsInOrder(db, lists.flat()));
  const [first, second] = [lists[0]?.length ?? 0, (lists[0]?.length ?? 0) + (lists[1]?.length ?? 0)];
  const groups = [
    { ids: both, sides: BOTH },
    { ids: onlyHead, sides: HEAD },
    { ids: onlyBase, sides: BASE },
  ];
  const people = await countContributions(db, organizationId, groups);
  const files = await findChangedFiles(db, groups, limit);
  return {
    sameCommits: both.length > 0 && onlyHead.length + onlyBase.length === 0,
    commits: {
      onlyHead: { total: onlyHead.length, items: views.slice(0, first) },
      onlyBase: { total: onlyBase.length, items: views.slice(first, second) },
      both: { total: both.length, items: views.slice(second) },
    },
    people: {
      total: people.items.length,
      items: people.items
        .map(({ person, commits: [inBoth = 0, inHead = 0, inBase = 0] }) => ({ person, base: inBoth + inBase, head: inBoth + inHead }))
        .toSorted((a, b) => b.base + b.head - (a.base + a.head))
        .slice(0, limit),
    },
    files: { onlyHead: files.of(HEAD), onlyBase: files.of(BASE), both: files.of(BOTH) },
    isCapped: ofBase.isCapped || ofHead.isCapped || people.isCapped || files.isCapped,
  };
}

type ReadCommits = { readonly ids: ReadonlySet<number>; readonly isCapped: boolean };

async function readCommits(db: Reader, release: ReleaseRow): Promise<ReadCommits> {
  const ids = new Set<number>();
  for await (const part of readCommitLists(db, [release])) {
    if (ids.size >= MAX_COMMITS) return { ids, isCapped: true };
    for (const id of part) ids.add(id);
  }
  return { ids, isCapped: false };
}
