import { ReleaseName } from "#ui/release-name.tsx";
import type { BoardCellView } from "@landfall/schema/releases/board";
import { Chip } from "#ui/chip.tsx";
import { EmptyState, NoMatches } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import type { Column } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { Sparkline } from "#features/cadence/sparkline.tsx";
import type { ProjectListItem } from "./read-project-list.ts";
import classes from "./project-list.module.css";

/** The releases of a week that are counted. */
const WEEK_LIMIT = 200;

/** The columns of the list of projects. */
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
        <PageLink href={to.release(latestRelease.version)}>
          <ReleaseName version={latestRelease.version} />
        </PageLink>
      ) : (
        <span className="soft">none yet</span>
      ),
  },
  { key: "current", head: "Current versions", grows: true, cell: ({ cells }) => <CurrentVersionChips to={to} cells={cells} /> },
  {
    key: "cadence",
    head: "Releases per week",
    hideBelow: "tablet",
    cell: ({ releases: { weeks } }) => <Sparkline counts={weeks.map(({ releases }) => releases)} limit={WEEK_LIMIT} />,
  },
  {
    key: "releases",
    head: "Total releases",
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

const CHIP_LIMIT = 4;

type CurrentVersionChipsProps = { readonly to: OrganizationUrls; readonly cells: readonly BoardCellView[] };

/** The current versions of a project as chips. */
function CurrentVersionChips({ to, cells }: CurrentVersionChipsProps) {
  if (cells.length === 0) return <span className="soft">not deployed yet</span>;
  const rest = cells.slice(CHIP_LIMIT);
  return (
    <span className={classes["versions"]}>
      {cells.slice(0, CHIP_LIMIT).map(({ environment, release }) => (
        <PageLink key={environment} href={to.release(release.version)}>
          <Chip title={`${environment}: ${release.version}`}>
            <span className="soft">{environment}</span>{" "}
            <span className="cut">
              <ReleaseName version={release.version} />
            </span>
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

/** Explains why the list is empty, and what to do. */
export function NoProjects({ to, text, mayCreate }: NoProjectsProps) {
  if (text !== "") return <NoMatches kind="projects" text={text} href={to.projects()} />;
  return (
    <EmptyState title="No projects">
      {mayCreate ? (
        <p>
          Releases belong to projects. <PageLink href={to.settings("projects")}>Create the first project</PageLink>.
        </p>
      ) : (
        <p>Ask an admin of the organization to add you to a team with projects.</p>
      )}
    </EmptyState>
  );
}
