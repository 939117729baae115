import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import type { Column } from "../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import { ContributorAvatars } from "./author-faces.tsx";
import { DeployedTo } from "./deployed-to.tsx";
import { filtersQuery, type ListFilters } from "./list-address.ts";
import { ProjectNames } from "./project-names.tsx";
import { ReleaseName } from "./release-name.tsx";

const NUMBER = new Intl.NumberFormat("en");

/** A release in one line. */
export function releaseColumns(to: OrganizationUrls, address: ListFilters): readonly Column<ReleaseLineView>[] {
  const sorting = (sort: ListFilters["sort"]) => ({
    href: to.releases(filtersQuery({ ...address, sort })),
    ...(address.sort === sort ? { direction: "descending" as const } : {}),
  });
  return [
    {
      key: "version",
      head: "Version",
      sorting: sorting("semver"),
      grows: true,
      cell: (line) => <ReleaseName line={line} href={to.release(line.version)} />,
    },
    {
      key: "projects",
      head: "Projects",
      hideBelow: "tablet",
      cell: (line) => <ProjectNames line={line} chosen={address.projects} to={to} />,
    },
    { key: "environments", head: "Deployed to", cell: (line) => <DeployedTo line={line} chosen={address.environments} to={to} /> },
    {
      key: "commits",
      head: "Commits",
      align: "end",
      hideBelow: "tablet",
      cell: ({ commitCount }) => (commitCount === 0 ? <span className="soft">0</span> : NUMBER.format(commitCount)),
    },
    { key: "authors", head: "Authors", hideBelow: "tablet", cell: (line) => <ContributorAvatars line={line} /> },
    {
      key: "created",
      head: "Created",
      align: "end",
      sorting: sorting("date"),
      hideBelow: "phone",
      cell: ({ dateCreated }) => <TimeAgo at={dateCreated} />,
    },
    {
      key: "released",
      head: "Released",
      align: "end",
      hideBelow: "phone",
      cell: ({ dateReleased }) => (dateReleased ? <TimeAgo at={dateReleased} /> : <span className="soft">unreleased</span>),
    },
  ];
}
