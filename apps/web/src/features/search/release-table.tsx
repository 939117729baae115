import { ReleaseName } from "#ui/release-name.tsx";
import type { ReleaseBriefView } from "@landfall/schema/brief";
import type { ReactNode } from "react";
import { Chip } from "#ui/chip.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

type ReleaseTableProps = { readonly to: OrganizationUrls; readonly releases: readonly ReleaseBriefView[]; readonly empty?: ReactNode };

/** A short table of releases. */
export function ReleaseTable({ to, releases, empty = null }: ReleaseTableProps) {
  return <DataTable caption="Releases" columns={columnsOf(to)} rows={releases} keyOf={({ version }) => version} empty={empty} />;
}

const columnsOf = (to: OrganizationUrls): readonly Column<ReleaseBriefView>[] => [
  {
    key: "version",
    head: "Version",
    grows: true,
    cell: ({ version, status }) => (
      <>
        <PageLink href={to.release(version)} data-open="">
          <ReleaseName version={version} />
        </PageLink>{" "}
        {status === "archived" && <Chip tone="warn">Archived</Chip>}
      </>
    ),
  },
  { key: "commits", head: "Commits", align: "end", hideBelow: "phone", cell: ({ commitCount }) => commitCount.toLocaleString("en") },
  { key: "deploys", head: "Deploys", align: "end", hideBelow: "phone", cell: ({ deployCount }) => deployCount.toLocaleString("en") },
  {
    key: "released",
    head: "Released",
    align: "end",
    hideBelow: "phone",
    cell: ({ dateReleased }) => (dateReleased ? <TimeAgo at={dateReleased} /> : <span className="soft">not yet</span>),
  },
  { key: "created", head: "Created", align: "end", cell: ({ dateCreated }) => <TimeAgo at={dateCreated} /> },
];
