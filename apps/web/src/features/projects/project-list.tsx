import type { BoardCellView } from "@landfall/schema/releases/board";
import { Chip } from "#ui/chip.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { shortVersion } from "#ui/format.ts";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import type { Column } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import type { ProjectListItem } from "./read-project-list.ts";
import classes from "./project-list.module.css";

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

/** How many have a chip. */
const SHOWN = 4;

type CurrentVersionChipsProps = { readonly to: OrganizationUrls; readonly cells: readonly BoardCellView[] };

/** What is in each environment of a project now, production first. */
function CurrentVersionChips({ to, cells }: CurrentVersionChipsProps) {
  if (cells.length === 0) return <span className="soft">nowhere yet</span>;
  const shown = cells.toReversed();
  const rest = shown.slice(SHOWN);
  return (
    <span className={classes["places"]}>
      {shown.slice(0, SHOWN).map(({ environment, release }) => (
        <PageLink key={environment} href={to.release(release.version)}>
          <Chip title={`${environment}: ${release.version}`}>
            <span className="soft">{environment}</span> <span className="cut">{shortVersion(release.version)}</span>
          </Chip>
        </PageLink>
      ))}
      {rest.length > 0 && (
        <small className="soft" title={rest.map(({ environment, release }) => `${environment}: ${release.version}`).join("\n")}>
          +{rest.length}
        </small>
      )}
    </span>
  );
}

type NoProjectsProps = { readonly to: OrganizationUrls; readonly text: string; readonly mayCreate: boolean };

/** Why no project is listed. */
export function NoProjects({ to, text, mayCreate }: NoProjectsProps) {
  if (text !== "") {
    return (
      <EmptyState title={`No project has “${text}” in its name`}>
        <p>
          <PageLink href={to.projects()}>Show all projects</PageLink>
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="You have no projects here">
      {mayCreate ? (
        <p>
          <PageLink href={to.settings("projects")}>Make the first one</PageLink>: releases are reported to projects.
        </p>
      ) : (
        <p>Ask an admin of the organization to add you to a team that has some.</p>
      )}
    </EmptyState>
  );
}
