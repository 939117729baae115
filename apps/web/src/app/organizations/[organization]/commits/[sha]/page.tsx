import type { Metadata } from "next";
import { organizationPage } from "../../../../../page-data/organization-page.ts";
import { type SearchParams, textParam } from "../../../../../page-data/params.ts";
import { ChangeStatus } from "../../../../../ui/find/change-answer.tsx";
import { ReleaseTable } from "../../../../../ui/find/release-table.tsx";
import { RefreshOn } from "../../../../../ui/live/refresh-on.tsx";
import { EmptyState } from "../../../../../ui/nothing-here.tsx";
import { decodePathSegment } from "../../releases/[version]/read-part.ts";
import { commitSubject } from "../../releases/[version]/subject-of.ts";
import { CommitCandidates } from "./candidates.tsx";
import { CommitFiles } from "./changed-files.tsx";
import { CommitHeader } from "./commit-head.tsx";
import { findCommit } from "./find-commit.ts";
import { describeUnreleased } from "./not-released-in-words.ts";
import { CommitEnvironments } from "./where-table.tsx";
import { requestTime } from "../../../../../page-data/request-time.ts";

type CommitProps = {
  readonly params: Promise<{ readonly organization: string; readonly sha: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export async function generateMetadata(props: CommitProps): Promise<Metadata> {
  const found = await read(props);
  return { title: found.kind === "one" ? commitSubject(found.commit.message) || found.commit.sha.slice(0, 10) : "Several commits" };
}

/** A commit: what it changed, which releases hold it, and where it is. */
export default async function Commit(props: CommitProps) {
  const { to } = await organizationPage((await props.params).organization);
  const found = await read(props);
  const now = requestTime();
  if (found.kind === "several") return <CommitCandidates to={to} why={found.why} commits={found.candidates} now={now} />;
  const { commit } = found;
  const { releases, environments, files, neighbours } = commit;
  const isAllFiles = textParam(await props.searchParams, "files") === "all";
  return (
    <>
      <RefreshOn kinds="release deploy commits" />
      <CommitHeader to={to} commit={commit} />
      {neighbours === null && <ChangeStatus change={{ releases: releases.items, releaseCount: releases.total, environments }} now={now} />}
      {environments.length > 0 && (
        <section aria-labelledby="where">
          <h2 id="where">Where it is</h2>
          <CommitEnvironments to={to} environments={environments} />
        </section>
      )}
      <section aria-labelledby="releases">
        <h2 id="releases">Releases that hold it</h2>
        <ReleaseTable
          to={to}
          releases={releases.items}
          empty={<EmptyState title="Not in any release yet">{neighbours && <p>{describeUnreleased(neighbours)}</p>}</EmptyState>}
        />
        {releases.total > releases.items.length && (
          <p className="soft">
            The newest {releases.items.length} of {releases.total.toLocaleString("en")}.
          </p>
        )}
      </section>
      <CommitFiles
        files={files}
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
