"use client";

import { useRouter, useSelectedLayoutSegment } from "next/navigation";
import { useShortcuts } from "#ui/keyboard/shortcuts.ts";
import { PageLink } from "#ui/links.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import type { SettingsPage } from "./settings-access.ts";
import classes from "./settings-nav.module.css";

/** The key that opens a page: 1 to 9, then 0. */
const keyOf = (index: number): string => `${(index + 1) % 10}`;

/** The navigation of the settings, with keyboard shortcuts. */
export function SettingsNav({ organization, pages }: { readonly organization: string; readonly pages: readonly SettingsPage[] }) {
  const router = useRouter();
  const current = useSelectedLayoutSegment();
  const { settings } = organizationUrls(organization);
  const hrefOf = (segment: string | null) => (segment === null ? settings() : settings(segment));
  useShortcuts(
    "Settings",
    pages.map(({ name, segment }, index) => ({ keys: keyOf(index), label: name, run: () => router.push(hrefOf(segment)) })),
  );
  return (
    <nav aria-label="Settings" className={classes["nav"]}>
      <ul>
        {pages.map(({ name, segment }, index) => (
          <li key={name}>
            <PageLink href={hrefOf(segment)} aria-current={current === segment ? "page" : undefined} title={`${name} (${keyOf(index)})`}>
              {name}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
