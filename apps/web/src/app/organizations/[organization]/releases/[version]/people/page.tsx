import { formatRelease } from "@landfall/domain/versions/release-name";
import { formatCount } from "@landfall/domain/format";
import type { Metadata } from "next";
import { ContributorShares } from "#features/contributors/contributor-shares.tsx";
import { releasePage } from "#features/release/release-page.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { shellQuote } from "#ui/format.ts";
import { RowKeys } from "#ui/keyboard/keyboard.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `Contributors of ${formatRelease(release.version)}` };
}

/** The contributors of a release; bots are listed separately. */
export default async function Contributors() {
  const { call, organization, release, to } = await releasePage();
  const { version, commitCount } = release;
  const { items, total, unnamed } = await call.commits.authors({ organization, version });
  if (items.length === 0) return <NoContributors version={version} commitCount={commitCount} />;
  const people = items.filter(({ person }) => !person.isBot);
  const bots = items.filter(({ person }) => person.isBot);
  return (
    <>
      <RowKeys />
      <h2>{formatCount(people.length, "contributor")}</h2>
      <ContributorShares to={to} shares={people} of={commitCount} label="Contributors" />
      {bots.length > 0 && (
        <>
          <h2>{formatCount(bots.length, "bot")}</h2>
          <ContributorShares to={to} shares={bots} of={commitCount} label="Bots" />
        </>
      )}
      <p className="soft">
        {unnamed > 0 && `${unnamed.toLocaleString("en")} of ${formatCount(commitCount, "commit")} have no author. `}
        {items.length < total && `Showing the ${items.length} of ${total.toLocaleString("en")} with the most commits.`}
      </p>
    </>
  );
}

function NoContributors({ version, commitCount }: { readonly version: string; readonly commitCount: number }) {
  return (
    <EmptyState title={commitCount === 0 ? "No commits reported for this release" : "The commits of this release have no authors"}>
      <p>Contributors are read from the commits. Run one of these in the git repository:</p>
      <CommandLine command={`sentry-cli releases set-commits ${shellQuote(version)} --auto`} />
      <CommandLine command={`landfall releases set-commits ${shellQuote(version)}`} />
    </EmptyState>
  );
}
