import { DAY } from "@landfall/domain/durations";
import { instant } from "@landfall/schema/instant";
import type { Metadata } from "next";
import { OrganizationForm } from "#features/settings/organization-form.tsx";
import { type OrganizationPage, organizationPage, orNotFound, requestTime } from "#server/pages/page-context.ts";
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
          recentTokens={await recentTokens(call, organization)}
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

/** The names of the organization tokens that were used in the last 30 days, of the newest 100. */
async function recentTokens(call: OrganizationPage["call"], organization: string): Promise<string[]> {
  const { items } = await call.tokens.browse({ organization, per_page: "100" });
  const since = instant(new Date(requestTime().getTime() - 30 * DAY));
  return items.filter(({ dateLastUsed }) => dateLastUsed !== null && dateLastUsed >= since).map(({ name }) => name);
}
