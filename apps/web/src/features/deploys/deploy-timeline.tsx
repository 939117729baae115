import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import type { ReactNode } from "react";
import { formatDuration, shortVersion } from "#ui/format.ts";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { Deployer, DeployKindChip } from "./deploy-labels.tsx";
import classes from "./deploy-timeline.module.css";

type DeployTimelineProps = {
  readonly to: OrganizationUrls;
  readonly deploys: readonly EnvironmentDeployView[];
  /** Whether each is told with its environment: not where all are to one. */
  readonly withEnvironment: boolean;
  readonly empty: ReactNode;
};

/** Deploys, the last finished first: what took the place of what, where, when, how long, by whom. */
export function DeployTimeline({ to, deploys, withEnvironment, empty }: DeployTimelineProps) {
  const longest = Math.max(1, ...deploys.map(({ duration }) => duration ?? 0));
  const all = columnsOf(to, longest, withEnvironment);
  const columns = withEnvironment ? all : all.filter(({ key }) => key !== "environment");
  return <DataTable caption="Deploys" columns={columns} rows={deploys} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = (to: OrganizationUrls, longest: number, withEnvironment: boolean): readonly Column<EnvironmentDeployView>[] => [
  {
    key: "projects",
    head: "Project",
    cell: ({ projects, environment }) => <Projects to={to} projects={projects} environment={withEnvironment ? environment : null} />,
  },
  { key: "step", head: "From → to", cell: (deploy) => <DeployStep to={to} deploy={deploy} /> },
  {
    key: "environment",
    head: "Environment",
    hideBelow: "phone",
    cell: ({ environment }) => (
      <span className={classes["short"]}>
        <PageLink href={to.environment(environment)} className="cut" title={environment}>
          {environment}
        </PageLink>
      </span>
    ),
  },
  { key: "finished", head: "Finished", cell: ({ dateFinished }) => <TimeAgo at={dateFinished} /> },
  { key: "took", head: "Took", align: "end", hideBelow: "tablet", cell: ({ duration }) => <Took duration={duration} longest={longest} /> },
  {
    key: "gap",
    head: "Since last",
    align: "end",
    hideBelow: "tablet",
    cell: ({ gap }) =>
      gap === null ? (
        <span className="soft">—</span>
      ) : (
        <span title="From the end of the deploy before to the start of this one">{formatDuration(gap)}</span>
      ),
  },
  {
    key: "by",
    head: "By",
    hideBelow: "phone",
    cell: ({ deployer }) =>
      deployer ? (
        <PageLink href={to.person(deployer.email)}>
          <Deployer deployer={deployer} />
        </PageLink>
      ) : (
        <Deployer deployer={null} />
      ),
  },
  {
    key: "name",
    head: "Name",
    grows: true,
    hideBelow: "tablet",
    cell: ({ name, url }) => (name || url ? <ExternalLink href={url}>{name ?? url?.replace(/^https?:\/\//i, "")}</ExternalLink> : null),
  },
];

type ProjectsProps = {
  readonly to: OrganizationUrls;
  readonly projects: EnvironmentDeployView["projects"];
  /** Stands below the projects where there is no room for a column of its own. */
  readonly environment: string | null;
};

function Projects({ to, projects, environment }: ProjectsProps) {
  const [first, ...others] = projects;
  return (
    <span className={classes["short"]} title={projects.map(({ slug }) => slug).join(", ")}>
      {first ? (
        <PageLink href={to.project(first.slug)} className="cut">
          {first.slug}
        </PageLink>
      ) : (
        <span className="soft">unknown</span>
      )}
      {others.length > 0 && <span className="soft">+{others.length}</span>}
      {environment !== null && <small className={classes["below"]}>{environment}</small>}
    </span>
  );
}

/** How long it took, in text and as a thin bar beside the longest one shown. */
function Took({ duration, longest }: { readonly duration: number | null; readonly longest: number }) {
  if (duration === null) return <span className="soft">—</span>;
  return (
    <span className={classes["took"]}>
      {formatDuration(duration)}
      <span className={classes["bar"]} aria-hidden="true">
        <span style={{ width: `${Math.max(2, (100 * duration) / longest)}%` }} />
      </span>
    </span>
  );
}

/** What took the place of what: the version before leads to what changed since, the one after it to its page. */
function DeployStep({ to, deploy }: { readonly to: OrganizationUrls; readonly deploy: EnvironmentDeployView }) {
  const before = previousVersions(deploy);
  const [first, ...others] = before;
  const told = before.map(({ version, projects }) => `${version} (${projects.join(", ")})`).join("; ");
  return (
    <span className={classes["step"]}>
      {first && (
        <>
          <PageLink
            href={to.compare({ base: first.version, head: deploy.version })}
            className={classes["from"]}
            title={others.length > 0 ? told : `What changed since ${first.version}`}
          >
            <span className="cut">{shortVersion(first.version)}</span>
            {others.length > 0 && <small>+{others.length}</small>}
          </PageLink>
          <span className={classes["arrow"]}>→</span>
        </>
      )}
      <PageLink href={to.release(deploy.version)} data-open="" className={`${classes["to"]} cut`} title={deploy.version}>
        {shortVersion(deploy.version)}
      </PageLink>
      <DeployKindChip kind={deploy.kind} />
    </span>
  );
}

/** A version that a deploy took the place of, and for which of its projects. */
export type PreviousVersion = { readonly version: string; readonly projects: readonly string[] };

/** What a deploy took the place of, each version once, that of most projects first; a deployed version itself and first ones are left out. */
export function previousVersions({ version, projects }: Pick<EnvironmentDeployView, "version" | "projects">): PreviousVersion[] {
  const before = projects.flatMap(({ slug, from }) => (from === null || from === version ? [] : [{ slug, from }]));
  return [...Map.groupBy(before, ({ from }) => from)]
    .map(([from, mine]) => ({ version: from, projects: mine.map(({ slug }) => slug) }))
    .toSorted((a, b) => b.projects.length - a.projects.length);
}
