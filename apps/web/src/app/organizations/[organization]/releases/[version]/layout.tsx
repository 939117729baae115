import type { ReactNode } from "react";
import { RefreshOn } from "../../../../../ui/live/refresh-on.tsx";
import { Completeness } from "./completeness.tsx";
import { ReleaseHead } from "./release-head.tsx";
import { findReleasePage, type ReleaseParams } from "./release-page.ts";
import { ReleaseTabs } from "./release-tabs.tsx";

type LayoutProps = { readonly params: ReleaseParams; readonly children: ReactNode };

/** What stands above every tab of a release. */
export default async function ReleaseLayout({ params, children }: LayoutProps) {
  const { organization, version } = await params;
  const page = await findReleasePage(organization, version);
  // The page below says what is not there.
  if (!page) return children;
  const { release } = page;
  return (
    <>
      <RefreshOn kinds="release deploy commits notes" />
      <ReleaseHead page={page} />
      <Completeness release={release} />
      <ReleaseTabs
        organization={page.organization}
        version={release.version}
        counts={{ commits: release.commitCount, people: release.peopleCount, deploys: release.deployCount }}
      />
      {children}
    </>
  );
}
