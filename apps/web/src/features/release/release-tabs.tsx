"use client";

import { useSearchParams, useSelectedLayoutSegment } from "next/navigation";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { copyWithNotice } from "#ui/notices/notices.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { TabLinks } from "#ui/tab-links.tsx";

type ReleaseTabsProps = {
  readonly organization: string;
  readonly version: string;
  readonly counts: { readonly commits: number; readonly people: number; readonly deploys: number; readonly artifacts: number };
};

/** The tabs of a release, with their keys. */
export function ReleaseTabs({ organization, version, counts }: ReleaseTabsProps) {
  const current = useSelectedLayoutSegment();
  const project = useSearchParams().get("project");
  const to = organizationUrls(organization);
  const tabs: { readonly name: string; readonly segment?: string; readonly count?: number }[] = [
    { name: "Overview" },
    { name: "Commits", segment: "commits", count: counts.commits },
    { name: "Contributors", segment: "people", count: counts.people },
    { name: "Files", segment: "files" },
    { name: "Deploys", segment: "deploys", count: counts.deploys },
    { name: "Artifacts", segment: "artifacts", count: counts.artifacts },
    { name: "Notes", segment: "notes" },
    { name: "Activity", segment: "activity" },
    { name: "JSON", segment: "json" },
  ];
  useShortcuts("Release", [
    { keys: "y", label: "Copy link", run: () => void copyWithNotice(location.href, "Copied the link to this page.") },
  ]);
  return (
    <TabLinks
      label="Release"
      tabs={tabs.map(({ name, segment, count }, index) => ({
        name,
        href: to.release(version, segment, { project }),
        isCurrent: current === (segment ?? null),
        keys: `${index + 1}`,
        count,
      }))}
      keepsScroll
    />
  );
}
