import { versionInfo } from "@landfall/domain/versions/version-info";
import type { AuthorRow, CommitRow, DeployRow, LinkRow, Queries, ReleaseRow } from "./queries.ts";

/** Builds the same releases as the application, from the same statements. @throws for owners and members, which the benchmark never stores. */
export function describeReleases(
  queries: Queries,
  organizationId: number,
  rows: readonly ReleaseRow[],
  known?: readonly LinkRow[],
): unknown[] {
  if (rows.length === 0) return [];
  const links = Map.groupBy(known ?? queries.linksIn.all(JSON.stringify(rows.map(([id]) => id))), ([releaseId]) => releaseId);
  const authorIds = rows.map((row) => ids(row[13]));
  const authors = findAuthors(queries, organizationId, [...new Set(authorIds.flat())]);
  const commits = findCommits(queries, organizationId, present(rows.map((row) => row[12])));
  const deploys = findDeploys(queries, present(rows.map((row) => row[15])));
  return rows.map((row, index) => {
    const [
      id,
      ,
      version,
      isArchived,
      ref,
      url,
      ownerId,
      userAgent,
      created,
      released,
      ,
      commitCount,
      lastCommitId,
      ,
      deployCount,
      lastDeployId,
    ] = row;
    if (ownerId !== null) throw new Error("the baseline does not support owners");
    const releaseLinks = links.get(id) ?? [];
    return {
      id,
      version,
      shortVersion: version,
      versionInfo: versionInfo(version),
      status: isArchived === 1 ? "archived" : "open",
      ref,
      url,
      dateCreated: date(created),
      dateReleased: released === null ? null : date(released),
      data: {},
      newGroups: releaseLinks.reduce((sum, link) => sum + link[5], 0),
      owner: null,
      commitCount,
      lastCommit: lastCommitId === null ? null : (commits.get(lastCommitId) ?? null),
      deployCount,
      lastDeploy: lastDeployId === null ? null : (deploys.get(lastDeployId) ?? null),
      authors: (authorIds[index] ?? []).map((author) => authors.get(author)),
      projects: releaseLinks.map(describeLink),
      firstEvent: null,
      lastEvent: null,
      currentProjectMeta: {},
      userAgent,
    };
  });
}

const describeLink = ([, id, slug, name, platform, newGroups]: LinkRow) => ({
  id,
  slug,
  name,
  newGroups,
  platform,
  platforms: platform === null ? [] : [platform],
  hasHealthData: false,
});

function findAuthors(queries: Queries, organizationId: number, rowIds: readonly number[]): Map<number, unknown> {
  if (rowIds.length === 0) return new Map();
  return describeAuthors(queries, organizationId, queries.authors.all(JSON.stringify(rowIds)));
}

function describeAuthors(queries: Queries, organizationId: number, rows: readonly AuthorRow[]): Map<number, unknown> {
  if (rows.length === 0) return new Map();
  const emails = [...new Set(rows.map(([, , email]) => email))];
  if (queries.membersByEmail.all(1, organizationId, JSON.stringify(emails)).length > 0)
    throw new Error("the baseline does not support members");
  return new Map(rows.map(([id, , email, name]) => [id, { name, email }]));
}

function findCommits(queries: Queries, organizationId: number, rowIds: readonly number[]): Map<number, unknown> {
  if (rowIds.length === 0) return new Map();
  const rows = queries.commits.all(JSON.stringify(rowIds));
  const authors = describeAuthors(queries, organizationId, rows.flatMap(authorOf));
  const releases = Map.groupBy(queries.releasesOfCommits.all(JSON.stringify(rows.map(([id]) => id))), ([commitId]) => commitId);
  return new Map(
    rows.map((row) => {
      const [id, , , sha, message, , , created, repository, , name, url, , externalId, status, repositoryCreated, author] = row;
      const commit = {
        id: sha,
        message,
        dateCreated: date(created),
        pullRequest: null,
        suspectCommitType: "",
        repository: {
          id: String(repository),
          name,
          url,
          provider: { id: "unknown", name: "Unknown Provider" },
          status,
          dateCreated: date(repositoryCreated),
          integrationId: null,
          externalSlug: null,
          externalId,
        },
        author: (author !== null && authors.get(author)) || {},
        releases: (releases.get(id) ?? []).map(([, , version, ref, address, released, releaseCreated]) => ({
          version,
          shortVersion: version,
          ref,
          url: address,
          dateReleased: released === null ? null : date(released),
          dateCreated: date(releaseCreated),
        })),
      };
      return [id, commit];
    }),
  );
}

function authorOf(row: CommitRow): AuthorRow[] {
  const [id, organizationId, email, name, mergedInto] = [row[16], row[17], row[18], row[19], row[20]];
  return id === null || organizationId === null || email === null ? [] : [[id, organizationId, email, name, mergedInto]];
}

function findDeploys(queries: Queries, rowIds: readonly number[]): Map<number, unknown> {
  if (rowIds.length === 0) return new Map();
  return new Map(queries.deploys.all(JSON.stringify(rowIds)).map((row) => [row[0], describeDeploy(row)]));
}

const describeDeploy = ([id, , , , name, url, started, finished, , , environment]: DeployRow) => ({
  id: String(id),
  environment,
  dateStarted: started === null ? null : date(started),
  dateFinished: date(finished),
  name,
  url,
});

/** Formats a date as on the wire: without a zero fraction. */
function date(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString();
  return milliseconds % 1000 === 0 ? `${text.slice(0, 19)}Z` : text;
}

/** Most releases have no authors: nothing to parse. */
const ids = (text: string): number[] => {
  if (text === "[]") return [];
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter((id) => typeof id === "number") : [];
};

const present = (values: readonly (number | null)[]): number[] => [...new Set(values.filter((value) => value !== null))];
