import type { ReactNode } from "react";
import { organizationPage } from "../../../../page-data/organization-page.ts";
import { PageHeader } from "../../../../ui/page-head.tsx";
import { SettingsNav } from "./settings-nav.tsx";
import { settingsPages } from "./settings-ways.ts";

type LayoutProps = { readonly params: Promise<{ readonly organization: string }>; readonly children: ReactNode };

/** What stands above every page of the settings. */
export default async function SettingsLayout({ params, children }: LayoutProps) {
  const { organization, name, can } = await organizationPage((await params).organization);
  return (
    <>
      <PageHeader title="Settings" facts={name} />
      <SettingsNav organization={organization} ways={settingsPages(can)} />
      {children}
    </>
  );
}
