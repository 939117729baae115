import { MEMBERS_INVITE, PROJECT_CREATE } from "@landfall/core/access/scopes";
import type { ReactNode } from "react";
import { CommandPalette } from "#features/command-palette/command-palette.tsx";
import { SampleNotice } from "#features/sample-data/sample-notice.tsx";
import { settingsPages } from "#features/settings/settings-access.ts";
import { AccountMenu, OrganizationMenu } from "#features/shell/menus.tsx";
import { SideNav } from "#features/shell/navigation.tsx";
import { SearchButton } from "#features/shell/search-button.tsx";
import { Shell, Sidebar } from "#features/shell/shell.tsx";
import { organizationPage } from "#server/pages/page-context.ts";
import { EventsStream } from "#ui/live/events-stream.tsx";

type LayoutProps = { readonly params: Promise<{ readonly organization: string }>; readonly children: ReactNode };

/** The layout of an organization's pages. */
export default async function OrganizationLayout({ params, children }: LayoutProps) {
  const { call, organization, name, isSample, can } = await organizationPage((await params).organization);
  const [me, organizations] = await Promise.all([call.me.get(), call.organizations.list({ per_page: "50" })]);
  const others = organizations.items.filter(({ slug }) => slug !== organization).map(({ slug, name }) => ({ slug, name }));
  return (
    <Shell
      notice={isSample ? <SampleNotice organization={organization} mayRemove={can("org:admin")} /> : null}
      palette={
        <CommandPalette
          organization={organization}
          offered={{ projects: can(...PROJECT_CREATE), members: can(...MEMBERS_INVITE), settings: settingsPages(can) }}
        />
      }
      side={
        <Sidebar
          top={<OrganizationMenu current={{ slug: organization, name }} others={others} />}
          bottom={<AccountMenu name={me.name} email={me.email} />}
        >
          <SearchButton />
          <SideNav organization={organization} />
        </Sidebar>
      }
    >
      {children}
      <EventsStream organization={organization} />
    </Shell>
  );
}
