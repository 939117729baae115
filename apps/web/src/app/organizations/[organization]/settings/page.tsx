import type { Metadata } from "next";
import { OrganizationForm } from "#features/settings/organization-form.tsx";
import { organizationPage, orNotFound } from "#server/pages/page-context.ts";
import { DescriptionList } from "#ui/description-list.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";

export const metadata: Metadata = { title: "Settings" };

type SettingsProps = { readonly params: Promise<{ readonly organization: string }> };

/** What the organization is called, and who may use its projects. */
export default async function OrganizationSettings({ params }: SettingsProps) {
  const { call, organization, can } = await organizationPage((await params).organization);
  const { name, slug, openMembership, membersCreateTokens } = await orNotFound(call.organizations.get({ organization }));
  return (
    <>
      <RefreshOn kinds="organization" />
      <SectionHeader title="Organization" />
      {can("org:write", "org:admin") ? (
        <OrganizationForm
          key={`${name} ${slug} ${openMembership} ${membersCreateTokens}`}
          name={name}
          slug={slug}
          openMembership={openMembership}
          membersCreateTokens={membersCreateTokens}
        />
      ) : (
        <DescriptionList
          facts={[
            ["Name", name],
            ["Short name", <code key="slug">{slug}</code>],
            ["Membership", openMembership ? "open: every member may use every project" : "closed: members use the projects of their teams"],
            ["Organization tokens", membersCreateTokens ? "every member creates them" : "managers and owners create them"],
          ]}
        />
      )}
    </>
  );
}
