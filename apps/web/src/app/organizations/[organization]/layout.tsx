import { MEMBERS_INVITE } from "@landfall/core/invitations/invitation-scopes";
import { PROJECT_CREATE } from "@landfall/core/projects/project-scopes";
import type { ReactNode } from "react";
import { organizationPage } from "../../../page-data/organization-page.ts";
import { EventsStream } from "../../../ui/live/live-events.tsx";
import { CommandPalette } from "../../../ui/palette/palette-door.tsx";
import { AccountMenu } from "../../../ui/shell/account-menu.tsx";
import { OrganizationMenu } from "../../../ui/shell/organization-menu.tsx";
import { Shell } from "../../../ui/shell/shell.tsx";
import { SampleNotice } from "./sample/sample-notice.tsx";
import { SideNav } from "../../../ui/shell/side-nav.tsx";
import { Sidebar } from "../../../ui/shell/side-frame.tsx";

type LayoutProps = { readonly params: Promise<{ readonly organization: string }>; readonly children: ReactNode };

/** The frame of an organization's pages. */
export default async function OrganizationLayout({ params, children }: LayoutProps) {
  const { call, organization, name, isSample, can } = await organizationPage((await params).organization);
  const [me, mine] = await Promise.all([call.me.get(), call.organizations.list({ per_page: "50" })]);
  const others = mine.items.filter(({ slug }) => slug !== organization).map(({ slug, name }) => ({ slug, name }));
  return (
    <Shell
      notice={isSample ? <SampleNotice organization={organization} mayRemove={can("org:admin")} /> : null}
      palette={<CommandPalette organization={organization} offered={{ projects: can(...PROJECT_CREATE), members: can(...MEMBERS_INVITE) }} />}
      side={
        <Sidebar
          top={<OrganizationMenu current={{ slug: organization, name }} others={others} />}
          bottom={<AccountMenu name={me.name} email={me.email} />}
        >
          <SideNav organization={organization} />
        </Sidebar>
      }
    >
      {children}
      <EventsStream organization={organization} />
    </Shell>
  );
}
