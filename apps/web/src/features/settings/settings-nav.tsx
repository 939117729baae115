"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import { organizationUrls } from "#ui/organization-urls.ts";
import { TabLinks } from "#ui/tab-links.tsx";
import type { SettingsPage } from "./settings-access.ts";

/** The key that opens a page: 1 to 9, then 0. */
const keyOf = (index: number): string => `${(index + 1) % 10}`;

/** The navigation of the settings, with keyboard shortcuts. */
export function SettingsNav({ organization, pages }: { readonly organization: string; readonly pages: readonly SettingsPage[] }) {
  const current = useSelectedLayoutSegment();
  const { settings } = organizationUrls(organization);
  const tabs = pages.map(({ name, segment }, index) => ({
    name,
    href: segment === null ? settings() : settings(segment),
    isCurrent: current === segment,
    keys: keyOf(index),
  }));
  return <TabLinks label="Settings" tabs={tabs} wraps />;
}
