"use client";

import { notifications } from "@mantine/notifications";
import { useRouter, useSearchParams, useSelectedLayoutSegment } from "next/navigation";
import { useEffect, useRef } from "react";
import { copyText } from "#ui/copy-text.ts";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { PageLink } from "#ui/links.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import classes from "./release-tabs.module.css";

type ReleaseTabsProps = {
  readonly organization: string;
  readonly version: string;
  readonly counts: { readonly commits: number; readonly people: number; readonly deploys: number; readonly artifacts: number };
};

/** The tabs of a release, with the keys that lead to them. */
export function ReleaseTabs({ organization, version, counts }: ReleaseTabsProps) {
  const router = useRouter();
  const current = useSelectedLayoutSegment();
  const project = useSearchParams().get("project");
  const to = organizationUrls(organization);
  const tabs: { readonly name: string; readonly segment?: string; readonly count?: number }[] = [
    { name: "Overview" },
    { name: "Commits", segment: "commits", count: counts.commits },
    { name: "People", segment: "people", count: counts.people },
    { name: "Files", segment: "files" },
    { name: "Deploys", segment: "deploys", count: counts.deploys },
    { name: "Artifacts", segment: "artifacts", count: counts.artifacts },
    { name: "Notes", segment: "notes" },
    { name: "Activity", segment: "activity" },
    { name: "JSON", segment: "json" },
  ];
  const hrefOf = (segment: string | undefined) => to.release(version, segment, { project });
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // Where there is little room the current tab may lie out of sight.
    const tab = list.current?.querySelector(`[data-tab="${current ?? ""}"]`);
    tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  useShortcuts("Release", [
    ...tabs.map(({ name, segment }, index) => ({ keys: `${index + 1}`, label: name, run: () => router.push(hrefOf(segment)) })),
    { keys: "y", label: "Copy the address", run: () => void copyAddress() },
  ]);
  return (
    <nav aria-label="Release" className={classes["tabs"]}>
      <ul ref={list}>
        {tabs.map(({ name, segment, count }, index) => (
          <li key={name}>
            <PageLink
              href={hrefOf(segment)}
              data-tab={segment ?? ""}
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

async function copyAddress(): Promise<void> {
  const done = await copyText(location.href);
  notifications.show(
    done
      ? { message: "Copied the address of this page." }
      : { color: "red", message: "The browser did not allow it; copy the address from its bar." },
  );
}
