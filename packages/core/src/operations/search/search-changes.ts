import { anyOf, versionsWithPart } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { splitPackage } from "@landfall/domain/versions/grammar";
import type { SemverKey } from "@landfall/domain/versions/semver";
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
import { isLinkedTo, semverKeyColumns, semverKeyValues } from "../../records/releases.ts";
import { type Matches, matchTexts, type TextSearch } from "./match-texts.ts";
import { type NamedRelease, parseSearchQuery, type SearchQuery } from "./parse-search-query.ts";
import { countSearched, findSearchWindow, hasOlder, MESSAGE_LIMITS, type SearchWindow, TEXT_LIMITS } from "./search-window.ts";

/** The default number of commits per page. */
const DEFAULT_LIMIT = 25;

/** How many releases of a commit are returned. */
const MAX_SHOWN_RELEASES = 10;

/**
 * Finds changes ("Is my change live?"): the commits that match a version, the beginning of a hash, an author, part of a path, the number of a
 * pull request or ticket, or words of a message, newest first, each with the releases that contain it and the environments it is in. Versions
 * and hashes are searched among all commits and returned on the first page. Everything else is searched among the last 50,000 stored commits
 * (100,000 for numbers; fewer if they changed more than 200,000 files), and with `cursor` among as many before those. No commit is returned
 * twice. With closed membership, only commits of releases within reach are found.
 *
 * @throws `invalid` for an invalid query, limit, or cursor
 */
export const searchChanges = query({
  scope: REL_READ,
  at: atOrganization,
  input: SearchChangesInput,
  run: async ({ db, at: { access } }, input): Promise<FoundChangesView> => {
    const organizationId = access.organization.id;
    const query = parseSearchQuery(input.query);
    const limit = input.limit ?? DEFAULT_LIMIT;
    const reach = await reachableProjects(db, access);
    const window = await findSearchWindow(db, input.cursor, query.reference === null ? TEXT_LIMITS : MESSAGE_LIMITS);
    const isFirst = input.cursor === undefined;
    const releases = await matchReleases(db, organizationId, reach, query);
    const exact = await matchExactly(db, { organizationId, reach, query, releases, limit });
    const remaining = isFirst ? limit - exact.size : limit;
    const { found, searched, next } = await searchWindow(db, { organizationId, reach, query, limit: remaining }, window);
    const counts = searched && (await countSearched(db, { organizationId, reach, ...searched }));
    const matches = isFirst ? mergeMatches(exact, found) : new Map([...found].filter(([id]) => !exact.has(id)));
    return {
      understood: describeInterpretation(query, releases),
      releases: releases.map(briefRelease),
      commits: await describeMatches(db, organizationId, reach, matches),
      searched: {
        commits: counts?.commits ?? 0,
        backTo: instantOrNull(counts?.backTo ?? null),
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

type ExactSearch = { organizationId: number; reach: ProjectReach; query: SearchQuery; releases: readonly ReleaseRow[]; limit: number };

async function matchExactly(db: Reader, { organizationId, reach, query, releases, limit }: ExactSearch): Promise<Matches> {
  const matches: Matches = new Map();
  for (const id of await matchSha(db, organizationId, reach, query, limit)) matches.set(id, new Set(["sha"]));
  for (const id of await commitsOfReleases(
    db,
    releases.map((release) => release.id),
    limit,
  )) {
    if (matches.has(id) || matches.size < limit) matches.set(id, (matches.get(id) ?? new Set()).add("version"));
  }
  return matches;
}

type Search = Omit<TextSearch, "window">;
type Searched = { readonly found: Matches; readonly searched: SearchWindow | null; readonly next: string | null };

/** Searches a window. If it has more matches than the page takes, `next` continues after the last one. */
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
      releases: releases.slice(0, MAX_SHOWN_RELEASES).map(describeFoundRelease),
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

const MAX_MATCHED_RELEASES = 10;

/**
 * Returns the releases that a text names in any form that pages write, at most ten: those with exactly this version; those of "web 5.2.1",
 * where "web" is their package or project; those with the key of "5.2.1" in any package; and those whose version is a hash that begins with
 * the text. Each of these newest first. At most seven queries.
 */
async function matchReleases(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  { text, versionKey, release, sha }: SearchQuery,
): Promise<ReleaseRow[]> {
  const conditions = [
    isVersion(db, text),
    release && (await isNamed(db, organizationId, release)),
    versionKey && hasKey(db, versionKey),
    isVersionHash(sha) ? await beginsWithHash(db, sha) : null,
  ];
  const found = new Map<number, ReleaseRow>();
  for (const condition of conditions) {
    if (!condition) continue;
    for (const row of await selectReleases(db, organizationId, reach, condition)) if (!found.has(row.id)) found.set(row.id, row);
  }
  return [...found.values()].slice(0, MAX_MATCHED_RELEASES);
}

/** Whether a release has this version or, if it is a package and a hash, a version that begins with it. */
function isVersion(db: Reader, text: string): SQL {
  const { version } = db.tables.releases;
  const { package: name, raw } = splitPackage(text);
  const begins = name !== null && isVersionHash(raw) ? and(gte(version, text), lt(version, `${text}g`)) : undefined;
  return or(eq(version, text), begins) ?? sql`false`;
}

/** Whether a text is long enough to be the beginning of a version that is a hash. */
const isVersionHash = (text: string | null): text is string => text !== null && /^[0-9a-f]{7,64}$/i.test(text);

const hasKey = (db: Reader, key: SemverKey): SQL => sql`${semverKeyColumns(db)} = ${semverKeyValues(key)}`;

/** Whether a release has the package and version that were named, or the version and a project of this slug. At most two queries. */
async function isNamed(db: Reader, organizationId: number, { name, version, versionKey }: NamedRelease): Promise<SQL | undefined> {
  const { releases, releaseProjects, projects } = db.tables;
  const [project] = await db
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.organizationId, organizationId), eq(projects.slug, name)));
  const inPackage = isVersion(db, `${name}@${version}`);
  if (!project) return inPackage;
  const { package: named } = splitPackage(version);
  const ofKey = versionKey ? and(hasKey(db, versionKey), named === null ? undefined : eq(releases.package, named)) : undefined;
  const ofHash = isVersionHash(version) ? await beginsWithHash(db, version) : undefined;
  return or(inPackage, and(isLinkedTo(db, eq(releaseProjects.projectId, project.id)), or(isVersion(db, version), ofKey, ofHash)));
}

/** The maximum number of versions that contain a hash and are tested for whether it begins there. */
const MAX_HASH_CANDIDATES = 500;

/** Whether the version, without its package, begins with a hash. One query in SQLite. */
async function beginsWithHash(db: Reader, sha: string): Promise<SQL | undefined> {
  const { id, version } = db.tables.releases;
  const candidates = await versionsWithPart(db, sha, MAX_HASH_CANDIDATES);
  const begins = ["", "%@"].map((before) => sql`lower(${version}) like ${`${before}${sha.toLowerCase()}%`}`);
  return and(candidates === null ? undefined : anyOf(id, candidates), or(...begins));
}

function selectReleases(db: Reader, organizationId: number, reach: ProjectReach, where: SQL | undefined): Promise<ReleaseRow[]> {
  const { releases } = db.tables;
  return db
    .select()
    .from(releases)
    .where(and(eq(releases.organizationId, organizationId), where, releaseWithinReach(db, releases.id, reach)))
    .orderBy(desc(releases.dateCreated), desc(releases.id))
    .limit(MAX_MATCHED_RELEASES);
}

/** Returns the ids of the first commits of these releases. */
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

/** Returns the ids of the commits whose hash begins with `sha`, or whose identifier is exactly `text`. */
async function matchSha(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  { sha, text }: SearchQuery,
  limit: number,
): Promise<number[]> {
  const { commits } = db.tables;
  // Hex digits end at f, so the range of a prefix ends at "g".
  const matches = sha === null ? eq(commits.sha, text) : or(eq(commits.sha, text), and(gte(commits.sha, sha), lt(commits.sha, `${sha}g`)));
  const rows = await db
    .select({ id: commits.id })
    .from(commits)
    .where(and(eq(commits.organizationId, organizationId), matches, commitWithinReach(db, reach)))
    .orderBy(desc(commits.id))
    .limit(limit);
  return rows.map((row) => row.id);
}
