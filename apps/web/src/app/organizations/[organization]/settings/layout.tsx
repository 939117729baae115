import type { ReactNode } from "react";
import { settingsPages } from "#features/settings/settings-access.ts";
import { SettingsNav } from "#features/settings/settings-nav.tsx";
import { organizationPage } from "#server/pages/page-context.ts";
import { PageHeader } from "#ui/headings.tsx";

type LayoutProps = { readonly params: Promise<{ readonly organization: string }>; readonly children: ReactNode };

/** The layout of the settings pages. */
export default async function SettingsLayout({ params, children }: LayoutProps) {
  const { organization, name, can } = await organizationPage((await params).organization);
  return (
    <>
      <PageHeader title="Settings" facts={name} />
      <SettingsNav organization={organization} pages={settingsPages(can)} />
      {children}
    </>
  );
}
