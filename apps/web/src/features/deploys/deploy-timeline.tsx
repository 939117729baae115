import { ReleaseName } from "#ui/release-name.tsx";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import type { ReactNode } from "react";
import { formatDuration } from "#ui/format.ts";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { Deployer, DeployKindChip } from "./deploy-labels.tsx";
import classes from "./deploy-timeline.module.css";

type DeployTimelineProps = {
  readonly to: OrganizationUrls;
  readonly deploys: readonly EnvironmentDeployView[];
  /** Whether to show the environment of each deploy. */
  readonly withEnvironment: boolean;
  readonly empty: ReactNode;
};

/** Deploys, last finished first, with the version each replaced. */
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
  {
    key: "duration",
    head: "Duration",
    align: "end",
    hideBelow: "tablet",
    cell: ({ duration }) => <Duration duration={duration} longest={longest} />,
  },
  {
    key: "gap",
    head: "Since last",
    align: "end",
    hideBelow: "tablet",
    cell: ({ gap }) =>
      gap === null ? (
        <span className="soft">—</span>
      ) : (
        <span title="From the end of the previous deploy to the start of this one">{formatDuration(gap)}</span>
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
  /** Shown below the projects on narrow screens, which have no column for it. */
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

/** A duration as text, and as a bar relative to the longest one shown. */
function Duration({ duration, longest }: { readonly duration: number | null; readonly longest: number }) {
  if (duration === null) return <span className="soft">—</span>;
  return (
    <span className={classes["duration"]}>
      {formatDuration(duration)}
      <span className={classes["bar"]} aria-hidden="true">
        <span style={{ width: `${Math.max(2, (100 * duration) / longest)}%` }} />
      </span>
    </span>
  );
}

/** The replaced version, linked to a comparison, and the deployed version, linked to its release. */
function DeployStep({ to, deploy }: { readonly to: OrganizationUrls; readonly deploy: EnvironmentDeployView }) {
  const replaced = previousVersions(deploy);
  const [first, ...others] = replaced;
  const summary = replaced.map(({ version, projects }) => `${version} (${projects.join(", ")})`).join("; ");
  return (
    <span className={classes["step"]}>
      {first && (
        <>
          <PageLink
            href={to.compare({ base: first.version, head: deploy.version })}
            className={classes["from"]}
            title={others.length > 0 ? summary : `What changed since ${first.version}`}
          >
            <span className="cut">
              <ReleaseName version={first.version} />
            </span>
            {others.length > 0 && <small>+{others.length}</small>}
          </PageLink>
          <span className={classes["arrow"]}>→</span>
        </>
      )}
      <PageLink href={to.release(deploy.version)} data-open="" className={`${classes["to"]} cut`}>
        <ReleaseName version={deploy.version} />
      </PageLink>
      <DeployKindChip kind={deploy.kind} />
    </span>
  );
}

/** A version that a deploy replaced, and the projects it was replaced in. */
export type PreviousVersion = { readonly version: string; readonly projects: readonly string[] };

/** Returns the versions that a deploy replaced, that of most projects first. Redeploys and first deploys replace none. */
export function previousVersions({ version, projects }: Pick<EnvironmentDeployView, "version" | "projects">): PreviousVersion[] {
  const replaced = projects.flatMap(({ slug, from }) => (from === null || from === version ? [] : [{ slug, from }]));
  return [...Map.groupBy(replaced, ({ from }) => from)]
    .map(([from, group]) => ({ version: from, projects: group.map(({ slug }) => slug) }))
    .toSorted((a, b) => b.projects.length - a.projects.length);
}
