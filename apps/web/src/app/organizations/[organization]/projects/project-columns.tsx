import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { shortVersion } from "../../../../ui/find/short-version.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import type { Column } from "../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import { CurrentVersionChips } from "./place-chips.tsx";
import type { ProjectListItem } from "./read-project-lines.ts";
import classes from "./project-columns.module.css";

/** What is told of each project. */
export const projectColumns = (to: OrganizationUrls): readonly Column<ProjectListItem>[] => [
  {
    key: "name",
    head: "Project",
    cell: ({ project: { slug, name, platform } }) => (
      <span className={classes["name"]}>
        <PageLink href={to.project(slug)} data-open="" className="cut" title={name === slug ? slug : `${name} (${slug})`}>
          {name}
        </PageLink>
        {platform && <small className="soft">{platform}</small>}
      </span>
    ),
  },
  {
    key: "latest",
    head: "Latest release",
    hideBelow: "phone",
    cell: ({ project: { latestRelease } }) =>
      latestRelease ? (
        <PageLink href={to.release(latestRelease.version)} title={latestRelease.version}>
          {shortVersion(latestRelease.version)}
        </PageLink>
      ) : (
        <span className="soft">none yet</span>
      ),
  },
  { key: "where", head: "Where it is now", grows: true, cell: ({ cells }) => <CurrentVersionChips to={to} cells={cells} /> },
  {
    key: "releases",
    head: "Releases",
    align: "end",
    hideBelow: "tablet",
    cell: ({ project, releases: { count, isCapped } }) => (
      <PageLink href={to.releases({ project: project.slug })}>
        {count.toLocaleString("en")}
        {isCapped && "+"}
      </PageLink>
    ),
  },
  {
    key: "deploy",
    head: "Last deploy",
    align: "end",
    hideBelow: "phone",
    cell: ({ cells }) => {
      const last = cells
        .map(({ deploy }) => deploy.dateFinished)
        .toSorted()
        .at(-1);
      return last ? <TimeAgo at={last} /> : <span className="soft">never</span>;
    },
  },
];
