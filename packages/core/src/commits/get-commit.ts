import { GetCommitInput } from "@landfall/schema/inputs/commit-detail";
import { instant } from "@landfall/schema/instant";
import { REL_READ } from "@landfall/schema/scope";
import type { CommitDetailView } from "@landfall/schema/views/commit-detail";
import { atOrganization } from "../access/at-organization.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { notFound } from "../app-error.ts";
import { briefContributors } from "../compare/brief-people.ts";
import { briefRelease } from "../compare/brief-release.ts";
import { findWhereabouts } from "../find/find-whereabouts.ts";
import { query } from "../operation.ts";
import { countUnreleasedAfter } from "./count-unreleased.ts";
import { findCommits } from "./describe-commits.ts";
import { findChangedFiles } from "./find-changed-files.ts";
import { findCommitId } from "./find-commit-id.ts";

const RELEASES_LISTED = 50;

/**
 * A commit with its files, the releases that hold it and where it is now. Where membership is closed, only a commit of a release within
 * reach is told of; else any of the organization, released or not. Throws 404 for an unknown one and `invalid` (reason "ambiguous") for
 * digits that several commits begin with, or a hash that several repositories have.
 */
export const getCommit = query({
  scope: REL_READ,
  at: atOrganization,
  input: GetCommitInput,
  run: async ({ db, at: { access } }, input): Promise<CommitDetailView> => {
    const organizationId = access.organization.id;
    const reach = await reachableProjects(db, access);
    const id = await findCommitId(db, organizationId, reach, input);
    const [found] = await findCommits(db, [id]);
    if (!found) throw notFound();
    const { commit, repository, author } = found;
    const people = await briefContributors(db, organizationId, author ? [author] : []);
    const { releases = [], environments = [] } = (await findWhereabouts(db, organizationId, reach, [id])).get(id) ?? {};
    return {
      sha: commit.sha,
      message: commit.message,
      dateCreated: instant(commit.dateCreated),
      author: (author && people.get(author.id)) ?? null,
      repository: { name: repository.name, url: repository.url },
      files: await findChangedFiles(db, id),
      releases: { total: releases.length, items: releases.slice(0, RELEASES_LISTED).map(briefRelease) },
      environments: [...environments],
      neighbours: releases.length > 0 ? null : await countUnreleasedAfter(db, commit),
    };
  },
});
