import type { Metadata } from "next";
import { OrganizationForm } from "#features/settings/organization-form.tsx";
import { recentTokens } from "#features/tokens/recent-tokens.ts";
import { organizationPage, orNotFound } from "#server/pages/page-context.ts";
import { DescriptionList } from "#ui/description-list.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";

export const metadata: Metadata = { title: "Settings" };

type SettingsProps = { readonly params: Promise<{ readonly organization: string }> };

/** The name, slug and access settings of the organization. */
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
          recentTokens={(await recentTokens({ call, organization })).map((token) => token.name)}
        />
      ) : (
        <DescriptionList
          facts={[
            ["Name", name],
            ["Slug", <code key="slug">{slug}</code>],
            [
              "Membership",
              openMembership ? "open: every member can access every project" : "closed: members can access the projects of their teams",
            ],
            ["Organization tokens", membersCreateTokens ? "every member creates them" : "managers and owners create them"],
          ]}
        />
      )}
    </>
  );
}
