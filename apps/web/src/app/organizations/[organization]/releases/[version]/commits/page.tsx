import type { Metadata } from "next";
import { type SearchParams, textParam } from "../../../../../../page-data/params.ts";
import { CommandLine } from "../../../../../../ui/command-line.tsx";
import { RowKeys } from "../../../../../../ui/keyboard/row-keys.tsx";
import { NothingHere } from "../../../../../../ui/nothing-here.tsx";
import { shellQuote } from "../../../../../../ui/shell-quote.ts";
import { Pager } from "../../../../../../ui/table/pager.tsx";
import { CommitRows } from "../commit-rows.tsx";
import { groupCommits } from "../group-commits.ts";
import { releasePage } from "../release-page.ts";
import { Day } from "../day.tsx";
import classes from "./commits.module.css";

type CommitsProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `Commits of ${release.version}` };
}

/** The commits of a release, by repository and day. */
export default async function Commits({ searchParams }: CommitsProps) {
  const { call, organization, release, to } = await releasePage();
  const query = await searchParams;
  const { version, commitCount } = release;
  const cursor = textParam(query, "cursor") ?? undefined;
  const page = await call.commits.ofRelease({ organization, version, per_page: 100, cursor });
  if (page.items.length === 0) return <NoCommits version={version} />;
  const groups = groupCommits(page.items);
  return (
    <>
      <RowKeys />
      {groups.map(({ repository, days }) => (
        <section key={repository.id} aria-labelledby={`repository-${repository.id}`}>
          <h2 id={`repository-${repository.id}`} className={classes["repository"]}>
            {repository.name}
          </h2>
          {days.map(({ day, commits }) => (
            <div key={day} className={classes["day"]}>
              <h3>
                <Day day={day} /> <small>{commits.length}</small>
              </h3>
              <CommitRows to={to} commits={commits} />
            </div>
          ))}
        </section>
      ))}
      <p className="soft">
        {page.items.length < commitCount ? `${page.items.length} of ${commitCount.toLocaleString("en")} commits, the newest first.` : ""}
      </p>
      <Pager page={page} hrefOf={(cursor) => to.release(version, "commits", { project: textParam(query, "project"), cursor })} />
    </>
  );
}

function NoCommits({ version }: { readonly version: string }) {
  const word = shellQuote(version);
  return (
    <NothingHere title="No commits were reported with this release">
      <p>Run one of these in its git folder; both take what was added since the release before.</p>
      <CommandLine command={`sentry-cli releases set-commits ${word} --auto`} />
      <CommandLine command={`landfall releases set-commits ${word}`} />
    </NothingHere>
  );
}
