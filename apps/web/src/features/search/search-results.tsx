import type { FoundChangesView } from "@landfall/schema/releases/search";
import { requestTime } from "#server/pages/page-context.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { ChangeList } from "./change-list.tsx";
import { ChangeStatus } from "./change-status.tsx";
import { ReleaseTable } from "./release-table.tsx";
import { describeInterpretation, describeSearchedCommits } from "./search-scope.ts";

type SearchResultsProps = {
  readonly to: OrganizationUrls;
  readonly text: string;
  readonly found: FoundChangesView;
  readonly isFirst: boolean;
};

/** The results of a search: a one-line status, releases, commits, and a link to older ones. */
export function SearchResults({ to, text, found, isFirst }: SearchResultsProps) {
  const { releases, commits, searched, understood, next } = found;
  const [newest] = commits;
  const now = requestTime();
  const scope = `${describeInterpretation(understood)} ${describeSearchedCommits(searched)}`;
  return (
    <>
      {isFirst && newest && releases.length === 0 && (
        <ChangeStatus change={newest} now={now}>
          {(commits.length > 1 || next !== null) && <span className="soft">Newest: </span>}
          <PageLink href={to.commit(newest.sha, { repository: newest.repository })}>{newest.subject || newest.sha.slice(0, 10)}</PageLink>
          {" — "}
        </ChangeStatus>
      )}
      {isFirst && releases.length > 0 && (
        <section aria-labelledby="releases">
          <h2 id="releases">{releases.length === 1 ? "Release" : "Releases"}</h2>
          <ReleaseTable to={to} releases={releases} />
        </section>
      )}
      {newest && (
        <section aria-labelledby="commits">
          <h2 id="commits">{isFirst ? "Commits" : "Older commits"}</h2>
          <ChangeList to={to} commits={commits} now={now} />
        </section>
      )}
      {!newest && (isFirst ? releases.length === 0 : true) && (
        <EmptyState title={isFirst ? `No commits match “${text}”` : "No older commits match"}>
          <p>
            Only commits reported with a release can be found.{" "}
            {isFirst && "Try fewer words. Write numbers as in commit messages: #12, !12, or ABC-12."}
          </p>
        </EmptyState>
      )}
      <p className="soft">{scope}</p>
      {next !== null && (
        <p>
          <PageLink href={to.search({ q: text, cursor: next })} rel="next">
            Search older commits
          </PageLink>
        </p>
      )}
    </>
  );
}
