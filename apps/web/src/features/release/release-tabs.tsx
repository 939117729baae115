"use client";

import { notifications } from "@mantine/notifications";
import { useRouter, useSearchParams, useSelectedLayoutSegment } from "next/navigation";
import { copyText } from "#ui/copy-text.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { PageLink } from "#ui/links.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { useCurrentInView } from "#ui/use-current-in-view.ts";
import classes from "./release-tabs.module.css";

type ReleaseTabsProps = {
  readonly organization: string;
  readonly version: string;
  readonly counts: { readonly commits: number; readonly people: number; readonly deploys: number; readonly artifacts: number };
};

/** The tabs of a release, with their keys. */
export function ReleaseTabs({ organization, version, counts }: ReleaseTabsProps) {
  const router = useRouter();
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
  const hrefOf = (segment: string | undefined) => to.release(version, segment, { project });
  const list = useCurrentInView(tabs.findIndex(({ segment }) => current === (segment ?? null)));
  useShortcuts("Release", [
    ...tabs.map(({ name, segment }, index) => ({ keys: `${index + 1}`, label: name, run: () => router.push(hrefOf(segment)) })),
    { keys: "y", label: "Copy link", run: () => void copyLink() },
  ]);
  return (
    <nav aria-label="Release" className={classes["tabs"]}>
      <ul ref={list}>
        {tabs.map(({ name, segment, count }, index) => (
          <li key={name}>
            <PageLink
              href={hrefOf(segment)}
              aria-current={current === (segment ?? null) ? "page" : undefined}
              title={`${name} (${index + 1})`}
              scroll={false}
            >
              {name}
              {count !== undefined && <small>{count}</small>}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

async function copyLink(): Promise<void> {
  const isCopied = await copyText(location.href);
  notifications.show(
    isCopied
      ? { message: "Copied the link to this page." }
      : { color: "red", message: "The browser blocked copying. Copy the URL from the address bar." },
  );
}
