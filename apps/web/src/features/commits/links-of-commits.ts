import { type RepositoryLinks, repositoryLinks } from "@landfall/domain/commits/repository-links";
import type { CommitView } from "@landfall/schema/releases/commits";
import type { Viewer } from "#server/pages/running-app.ts";

/** The links of repositories, by the repository's id. */
export type LinksByRepository = ReadonlyMap<string, RepositoryLinks>;

/** The server returns the links of at most this many repositories at once. */
const MAX_REPOSITORIES = 100;

/** Reads the links of the repositories of commits. */
export async function readLinksOfCommits(
  call: Viewer["call"],
  organization: string,
  commits: readonly CommitView[],
): Promise<LinksByRepository> {
  const ids = [...new Set(commits.map(({ repository }) => repository.id))].slice(0, MAX_REPOSITORIES);
  if (ids.length === 0) return new Map();
  const { repositories } = await call.repositories.links({ organization, ids });
  return new Map(repositories.map((source) => [source.id, repositoryLinks(source)]));
}
