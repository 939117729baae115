import { formatRelease } from "@landfall/domain/versions/release-name";
import type { Metadata } from "next";
import { CommitList, Day, groupCommits } from "#features/commits/commit-list.tsx";
import { readLinksOfCommits } from "#features/commits/links-of-commits.ts";
import { headsWithoutCommits, setCommitsCommands } from "#features/release/completeness-checks.ts";
import { type ReleasePage, releasePage } from "#features/release/release-page.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { RowKeys } from "#ui/keyboard/keyboard.tsx";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import { Pager } from "#ui/table/pager.tsx";
import classes from "./page.module.css";

type HeadCommits = ReleasePage["release"]["heads"];
type CommitsProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `Commits of ${formatRelease(release.version)}` };
}

/** The commits of a release, by repository and day. */
export default async function Commits({ searchParams }: CommitsProps) {
  const { call, organization, release, to } = await releasePage();
  const query = await searchParams;
  const { version, commitCount } = release;
  const cursor = textParam(query, "cursor") ?? undefined;
  const page = await call.commits.ofRelease({ organization, version, per_page: 100, cursor });
  if (page.items.length === 0) return <NoCommits release={release} to={to} />;
  const links = await readLinksOfCommits(call, organization, page.items);
  const groups = groupCommits(page.items);
  return (
    <>
      <RowKeys />
      {groups.map(({ repository, days }) => (
        <section key={repository.id} aria-labelledby={`repository-${repository.id}`}>
          <h2 id={`repository-${repository.id}`} className={classes["repository"]}>
            <ExternalLink href={repository.url}>{repository.name}</ExternalLink>
          </h2>
          {days.map(({ day, commits }) => (
            <div key={day} className={classes["day"]}>
              <h3>
                <Day day={day} /> <small>{commits.length}</small>
              </h3>
              <CommitList to={to} commits={commits} links={links} />
            </div>
          ))}
        </section>
      ))}
      <p className="soft">
        {page.items.length < commitCount ? `${page.items.length} of ${commitCount.toLocaleString("en")} commits, newest first.` : ""}
      </p>
      <Pager page={page} hrefOf={(cursor) => to.release(version, "commits", { project: textParam(query, "project"), cursor })} />
    </>
  );
}

function NoCommits({ release, to }: Pick<ReleasePage, "release" | "to">) {
  const heads = headsWithoutCommits(release);
  const commands = setCommitsCommands(release).map((command) => <CommandLine key={command} command={command} />);
  const hint = "Run one of these in its git repository. Both report the commits since the previous release.";
  if (heads.length === 0) {
    return (
      <EmptyState title="No commits reported for this release">
        <p>{hint}</p>
        {commands}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={heads.length === 1 ? "Only the head commit is known" : "Only the head commit of each repository is known"}>
      <ul className={classes["heads"]} aria-label="Head commits">
        {heads.map((head) => (
          <li key={head.repository}>
            <HeadCommit to={to} head={head} /> in {head.repository}
          </li>
        ))}
      </ul>
      <p>
        The commits before {heads.length === 1 ? "it" : "them"} were not reported. {hint}
      </p>
      {commands}
    </EmptyState>
  );
}

function HeadCommit({ head: { repository, sha, hasPage }, to }: { readonly head: HeadCommits[number] } & Pick<ReleasePage, "to">) {
  const short = sha.slice(0, 10);
  if (!hasPage) return <code title={sha}>{short}</code>;
  return (
    <PageLink href={to.commit(sha, { repository })} className="mono" title={sha} aria-label={`Commit ${short}`}>
      {short}
    </PageLink>
  );
}
