import type { Metadata } from "next";
import { CommitEnvironments, describeUnreleased } from "#features/commits/commit-environments.tsx";
import { CommitFiles } from "#features/commits/commit-files.tsx";
import { CommitHeader } from "#features/commits/commit-header.tsx";
import { commitSubject } from "#features/commits/commit-message.ts";
import { CommitCandidates, findCommit } from "#features/commits/find-commit.tsx";
import { ChangeStatus } from "#features/search/change-status.tsx";
import { ReleaseTable } from "#features/search/release-table.tsx";
import { organizationPage, requestTime } from "#server/pages/page-context.ts";
import { decodePathSegment, type SearchParams, textParam } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";

type CommitProps = {
  readonly params: Promise<{ readonly organization: string; readonly sha: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export async function generateMetadata(props: CommitProps): Promise<Metadata> {
  const found = await read(props);
  return { title: found.kind === "one" ? commitSubject(found.commit.message) || found.commit.sha.slice(0, 10) : "Several commits match" };
}

/** A commit: its message, files, releases, and environments. */
export default async function Commit(props: CommitProps) {
  const { to } = await organizationPage((await props.params).organization);
  const found = await read(props);
  const now = requestTime();
  if (found.kind === "several") return <CommitCandidates to={to} message={found.message} commits={found.candidates} now={now} />;
  const { commit } = found;
  const { releases, environments, neighbors } = commit;
  const isAllFiles = textParam(await props.searchParams, "files") === "all";
  return (
    <>
      <RefreshOn kinds="release deploy commits" />
      <CommitHeader to={to} commit={commit} />
      {neighbors === null && <ChangeStatus change={{ releases: releases.items, releaseCount: releases.total, environments }} now={now} />}
      {environments.length > 0 && (
        <section aria-labelledby="environments">
          <h2 id="environments">Environments</h2>
          <CommitEnvironments to={to} environments={environments} />
        </section>
      )}
      <section aria-labelledby="releases">
        <h2 id="releases">Releases with this commit</h2>
        <ReleaseTable
          to={to}
          releases={releases.items}
          empty={<EmptyState title="Not in a release yet">{neighbors && <p>{describeUnreleased(neighbors)}</p>}</EmptyState>}
        />
        {releases.total > releases.items.length && (
          <p className="soft">
            Showing the newest {releases.items.length} of {releases.total.toLocaleString("en")}.
          </p>
        )}
      </section>
      <CommitFiles
        commit={commit}
        isAll={isAllFiles}
        allHref={to.commit(commit.sha, { repository: commit.repository.name, files: "all" })}
      />
    </>
  );
}

async function read({ params, searchParams }: CommitProps) {
  const { organization, sha } = await params;
  return findCommit(organization, decodePathSegment(sha), textParam(await searchParams, "repository"));
}
