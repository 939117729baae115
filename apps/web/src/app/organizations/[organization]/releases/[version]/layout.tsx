import type { ReactNode } from "react";
import { RefreshOn } from "../../../../../ui/live/refresh-on.tsx";
import { Completeness } from "./completeness.tsx";
import { newestByEnvironment } from "./newest-by-environment.ts";
import { ReleaseHead } from "./release-head.tsx";
import { deletionPreview, findReleasePage, type ReleaseParams, releaseDeploys } from "./release-page.ts";
import { ReleaseTabs } from "./release-tabs.tsx";

type LayoutProps = { readonly params: ReleaseParams; readonly children: ReactNode };

/** What stands above every tab of a release. */
export default async function ReleaseLayout({ params, children }: LayoutProps) {
  const { organization, version } = await params;
  const page = await findReleasePage(organization, version);
  // The page below says what is not there.
  if (!page) return children;
  const { release } = page;
  const [deploys, preview] = await Promise.all([releaseDeploys(organization, version), deletionPreview(organization, version)]);
  return (
    <>
      <RefreshOn kinds="release deploy commits notes" />
      <ReleaseHead page={page} deploys={deploys.items} preview={preview} />
      <Completeness release={{ ...release, environments: newestByEnvironment(deploys.items).length }} />
      <ReleaseTabs
        organization={page.organization}
        version={release.version}
        counts={{ commits: release.commitCount, people: release.authors.length, deploys: release.deployCount }}
      />
      {children}
    </>
  );
}
