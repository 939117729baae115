import type { ReactNode } from "react";
import { Completeness } from "#features/release/completeness.tsx";
import { ReleaseHeader } from "#features/release/release-header.tsx";
import { findReleasePage } from "#features/release/release-page.ts";
import { ReleaseTabs } from "#features/release/release-tabs.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";

/** The header, completeness, and tabs above every page of a release. */
export default async function ReleaseLayout({ children }: { readonly children: ReactNode }) {
  const page = await findReleasePage();
  // The page then shows its not-found page.
  if (!page) return children;
  const { release, to } = page;
  return (
    <>
      <RefreshOn kinds="release deploy commits notes" />
      <ReleaseHeader page={page} />
      <Completeness to={to} release={release} />
      <ReleaseTabs
        organization={page.organization}
        version={release.version}
        counts={{
          commits: release.commitCount,
          people: release.peopleCount,
          deploys: release.deployCount,
          artifacts: release.artifactCount,
        }}
      />
      {children}
    </>
  );
}
