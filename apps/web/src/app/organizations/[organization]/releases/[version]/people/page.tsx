import type { Metadata } from "next";
import { ContributorShares } from "#features/contributors/contributor-shares.tsx";
import { releasePage } from "#features/release/release-page.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { shellQuote } from "#ui/format.ts";
import { RowKeys } from "#ui/keyboard/keyboard.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `People of ${release.version}` };
}

/** Who wrote the commits of a release, programs apart. */
export default async function People() {
  const { call, organization, release, to } = await releasePage();
  const { version, commitCount } = release;
  const { items, total, unnamed } = await call.commits.authors({ organization, version });
  if (items.length === 0) return <NoContributors version={version} commitCount={commitCount} />;
  const people = items.filter(({ person }) => !person.isBot);
  const bots = items.filter(({ person }) => person.isBot);
  return (
    <>
      <RowKeys />
      <h2>
        {people.length.toLocaleString("en")} {people.length === 1 ? "person" : "people"}
      </h2>
      <ContributorShares to={to} shares={people} of={commitCount} label="People" />
      {bots.length > 0 && (
        <>
          <h2>
            {bots.length.toLocaleString("en")} {bots.length === 1 ? "program" : "programs"}
          </h2>
          <ContributorShares to={to} shares={bots} of={commitCount} label="Programs" />
        </>
      )}
      <p className="soft">
        {unnamed > 0 && `${unnamed.toLocaleString("en")} of ${commitCount.toLocaleString("en")} commits name nobody. `}
        {items.length < total && `These are the ${items.length} with the most commits, of ${total.toLocaleString("en")}.`}
      </p>
    </>
  );
}

function NoContributors({ version, commitCount }: { readonly version: string; readonly commitCount: number }) {
  return (
    <EmptyState title={commitCount === 0 ? "No commits were reported with this release" : "The commits of this release name nobody"}>
      <p>Authors come with the commits. Run one of these in the git folder:</p>
      <CommandLine command={`sentry-cli releases set-commits ${shellQuote(version)} --auto`} />
      <CommandLine command={`landfall releases set-commits ${shellQuote(version)}`} />
    </EmptyState>
  );
}
