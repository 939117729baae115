import { formatRelease } from "@landfall/domain/versions/release-name";
import type { Metadata } from "next";
import { ChangedFiles } from "#features/release/changed-files.tsx";
import { releasePage } from "#features/release/release-page.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { shellQuote } from "#ui/format.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { release } = await releasePage();
  return { title: `Files of ${formatRelease(release.version)}` };
}

/** The files that the commits of a release changed. */
export default async function Files() {
  const { call, organization, release } = await releasePage();
  const { version, commitCount } = release;
  const { total, items, repositories } = await call.commits.paths({ organization, version });
  if (total === 0) return <NoFiles version={version} commitCount={commitCount} />;
  return <ChangedFiles total={total} files={items} repositories={repositories} />;
}

function NoFiles({ version, commitCount }: { readonly version: string; readonly commitCount: number }) {
  return (
    <EmptyState title={commitCount === 0 ? "No commits reported for this release" : "The commits of this release have no file lists"}>
      <p>sentry-cli reports commits without files. This reports both. Run it in the git repository:</p>
      <CommandLine command={`landfall releases set-commits ${shellQuote(version)}`} />
    </EmptyState>
  );
}
