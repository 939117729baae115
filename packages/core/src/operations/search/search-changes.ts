import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { instant, instantOrNull } from "@landfall/schema/instant";
import { type FoundChangesView, type FoundChangeView, SearchChangesInput } from "@landfall/schema/releases/search";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, desc, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { atOrganization } from "../../access/organization-access.ts";
import { commitWithinReach, type ProjectReach, reachableProjects, releaseWithinReach } from "../../access/project-reach.ts";
import { query } from "../../kernel/operation.ts";
import { briefCommits, briefRelease } from "../../records/briefs.ts";
import { findWhereabouts } from "../../records/commit-whereabouts.ts";
import { findCommits } from "../../records/commits.ts";
import { type Matches, matchTexts } from "./match-texts.ts";
import { parseSearchQuery, type SearchQuery } from "./parse-search-query.ts";
import { countSearched, findSearchWindow, hasOlder, MESSAGE_LIMITS, type SearchWindow, TEXT_LIMITS } from "./search-window.ts";

const LISTED = 25;

/** Of each commit so many releases are named. */
const SHOWN_RELEASES = 10;

/**
 * "Is my change live?": the commits that a version, the beginning of a hash, an author, part of a path, a request or ticket number or
 * words of a message name, the newest first, each with the releases that hold it and the environments it is in. Versions and hashes
 * are looked up among all and answered on the first page; everything else is looked for among the 50,000 commits stored last (numbers
 * among 100,000; fewer where 200,000 files were changed), and with `cursor` among as many before those. No commit is answered twice.
 * Where membership is closed, only commits of releases within reach are found. Throws `invalid` for a bad query, limit or cursor.
 */
export const searchChanges = query({
  scope: REL_READ,
  at: atOrganization,
  input: SearchChangesInput,
  run: async ({ db, at: { access } }, input): Promise<FoundChangesView> => {
    const organizationId = access.organization.id;
    const question = parseSearchQuery(input.query);
    const limit = input.limit ?? LISTED;
    const reach = await reachableProjects(db, access);
    const window = await findSearchWindow(db, input.cursor, question.reference === null ? TEXT_LIMITS : MESSAGE_LIMITS);
    const isFirst = input.cursor === undefined;
    const releases = await matchReleases(db, organizationId, reach, question);
    const exact = await matchExactly(db, { organizationId, reach, question, releases, limit });
    const room = isFirst ? limit - exact.size : limit;
    const { found, searched, next } = await searchWindow(db, { organizationId, reach, question, limit: room }, window);
    const looked = searched && (await countSearched(db, { organizationId, reach, ...searched }));
    const matches = isFirst ? mergeMatches(exact, found) : new Map([...found].filter(([id]) => !exact.has(id)));
    return {
      understood: describeInterpretation(question, releases),
      releases: releases.map(briefRelease),
      commits: await describeMatches(db, organizationId, reach, matches),
      searched: {
        commits: looked?.commits ?? 0,
        backTo: instantOrNull(looked?.backTo ?? null),
        isComplete: next === null,
      },
      next,
    };
  },
});

function describeInterpretation({ sha, reference }: SearchQuery, releases: readonly ReleaseRow[]): FoundChangesView["understood"] {
  return [
    ...(releases.length > 0 ? ["version" as const] : []),
    ...(sha === null ? [] : ["sha" as const]),
    reference === null ? "text" : "reference",
  ];
}

type Exact = { organizationId: number; reach: ProjectReach; question: SearchQuery; releases: readonly ReleaseRow[]; limit: number };

async function matchExactly(db: Reader, { organizationId, reach, question, releases, limit }: Exact): Promise<Matches> {
  const matches: Matches = new Map();
  for (const id of await matchSha(db, organizationId, reach, question, limit)) matches.set(id, new Set(["sha"]));
  for (const id of await commitsOfReleases(
    db,
    releases.map((release) => release.id),
    limit,
  )) {
    if (matches.has(id) || matches.size < limit) matches.set(id, (matches.get(id) ?? new Set()).add("version"));
  }
  return matches;
}

type Search = Omit<Parameters<typeof matchTexts>[1], "window">;
type Searched = { readonly found: Matches; readonly searched: SearchWindow | null; readonly next: string | null };

/** Searches a window; what of it could not be looked at for want of room is left to the next search. */
async function searchWindow(db: Reader, search: Search, window: SearchWindow | null): Promise<Searched> {
  if (window === null) return { found: new Map(), searched: null, next: null };
  if (search.limit <= 0) return { found: new Map(), searched: null, next: String(window.newest + 1) };
  const matches = [...(await matchTexts(db, { ...search, window }))];
  const found = matches.slice(0, search.limit);
  const last = found.at(-1);
  if (matches.length > found.length && last)
    return { found: new Map(found), searched: { ...window, oldest: last[0] }, next: String(last[0]) };
  return {
    found: new Map(found),
    searched: window,
    next: (await hasOlder(db, search.organizationId, window.oldest)) ? String(window.oldest) : null,
  };
}

function mergeMatches(exact: Matches, found: Matches): Matches {
  const all: Matches = new Map(exact);
  for (const [id, by] of found) all.set(id, new Set([...(exact.get(id) ?? []), ...by]));
  return all;
}

async function describeMatches(db: Reader, organizationId: number, reach: ProjectReach, matches: Matches): Promise<FoundChangeView[]> {
  const rows = (await findCommits(db, [...matches.keys()])).toSorted(
    (a, b) => +b.commit.dateCreated - +a.commit.dateCreated || b.commit.id - a.commit.id,
  );
  const views = await briefCommits(db, organizationId, rows);
  const whereabouts = await findWhereabouts(
    db,
    organizationId,
    reach,
    rows.map(({ commit }) => commit.id),
  );
  return views.map((view, index) => {
    const id = rows[index]?.commit.id ?? 0;
    const { releases = [], environments = [] } = whereabouts.get(id) ?? {};
    return {
      ...view,
      matched: [...(matches.get(id) ?? [])],
      releases: releases.slice(0, SHOWN_RELEASES).map(describeFoundRelease),
      releaseCount: releases.length,
      environments: [...environments],
    };
  });
}

const describeFoundRelease = ({ version, dateCreated, dateReleased }: ReleaseRow): FoundChangeView["releases"][number] => ({
  version,
  dateCreated: instant(dateCreated),
  dateReleased: instantOrNull(dateReleased),
});

const MATCHED_RELEASES = 10;

/** The releases of exactly this version, and those of its numbers in any package; the newest first, at most ten. Two queries. */
async function matchReleases(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  { text, versionKey }: SearchQuery,
): Promise<ReleaseRow[]> {
  const { releases } = db.tables;
  const named = await selectReleases(db, organizationId, reach, eq(releases.version, text));
  if (versionKey === null) return named;
  const { major, minor, patch, revision, isFinal, prerelease } = releases;
  const key = sql`(${major}, ${minor}, ${patch}, ${revision}, ${isFinal}, ${prerelease})`;
  const given = sql.join(
    versionKey.map((part) => sql`${part}`),
    sql`, `,
  );
  const numbered = await selectReleases(db, organizationId, reach, sql`${key} = (${given})`);
  const others = numbered.filter(({ id }) => !named.some((release) => release.id === id));
  return [...named, ...others].slice(0, MATCHED_RELEASES);
}

function selectReleases(db: Reader, organizationId: number, reach: ProjectReach, where: SQL | undefined): Promise<ReleaseRow[]> {
  const { releases } = db.tables;
  return db
    .select()
    .from(releases)
    .where(and(eq(releases.organizationId, organizationId), where, releaseWithinReach(db, releases.id, reach)))
    .orderBy(desc(releases.dateCreated), desc(releases.id))
    .limit(MATCHED_RELEASES);
}

/** The ids of the first commits of these releases. */
async function commitsOfReleases(db: Reader, releaseIds: readonly number[], limit: number): Promise<number[]> {
  if (releaseIds.length === 0) return [];
  const { releaseCommits } = db.tables;
  const rows = await db
    .select({ id: releaseCommits.commitId })
    .from(releaseCommits)
    .where(inArray(releaseCommits.releaseId, [...releaseIds]))
    .orderBy(desc(releaseCommits.releaseId), asc(releaseCommits.position))
    .limit(limit);
  return rows.map((row) => row.id);
}

/** The ids of the commits whose hash begins so, or whose identifier is exactly this text. */
async function matchSha(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  { sha, text }: SearchQuery,
  limit: number,
): Promise<number[]> {
  const { commits } = db.tables;
  // No hash has a letter after f, so "g" ends the range of every beginning.
  const called = sha === null ? eq(commits.sha, text) : or(eq(commits.sha, text), and(gte(commits.sha, sha), lt(commits.sha, `${sha}g`)));
  const rows = await db
    .select({ id: commits.id })
    .from(commits)
    .where(and(eq(commits.organizationId, organizationId), called, commitWithinReach(db, reach)))
    .orderBy(desc(commits.id))
    .limit(limit);
  return rows.map((row) => row.id);
}
