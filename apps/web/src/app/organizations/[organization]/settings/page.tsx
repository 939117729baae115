import type { Metadata } from "next";
import { organizationPage } from "../../../../page-data/organization-page.ts";

export const metadata: Metadata = { title: "Settings" };

type SettingsProps = { readonly params: Promise<{ readonly organization: string }> };

/** What the organization is called. */
export default async function OrganizationSettings({ params }: SettingsProps) {
  const { name } = await organizationPage((await params).organization);
  return <p>{name}</p>;
}
