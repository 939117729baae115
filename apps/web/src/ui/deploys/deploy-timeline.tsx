import type { EnvironmentDeployView } from "@landfall/schema/views/board";
import type { ReactNode } from "react";
import type { Addresses } from "../addresses.ts";
import { length } from "../ago.ts";
import { Face } from "../face.tsx";
import { OutsideLink } from "../outside-link.tsx";
import { PageLink } from "../page-link.tsx";
import { type Column, DataTable } from "../table/data-table.tsx";
import { TimeAgo } from "../time-ago.tsx";
import { fromVersions } from "./from-versions.ts";
import { KindChip } from "./kind-chip.tsx";
import classes from "./deploy-timeline.module.css";

type DeployTimelineProps = {
  readonly to: Addresses;
  readonly deploys: readonly EnvironmentDeployView[];
  /** Whether each is told with its environment: not where all are to one. */
  readonly withEnvironment: boolean;
  readonly empty: ReactNode;
};

/** Deploys, the last finished first: what took the place of what, where, when, how long, by whom. */
export function DeployTimeline({ to, deploys, withEnvironment, empty }: DeployTimelineProps) {
  const longest = Math.max(1, ...deploys.map(({ duration }) => duration ?? 0));
  const all = columnsOf(to, longest);
  const columns = withEnvironment ? all : all.filter(({ key }) => key !== "environment");
  return <DataTable caption="Deploys" columns={columns} rows={deploys} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = (to: Addresses, longest: number): readonly Column<EnvironmentDeployView>[] => [
  {
    key: "version",
    head: "Version",
    cell: ({ version, kind }) => (
      <span className={classes["version"]}>
        <PageLink href={to.release(version)} data-open="" className="cut" title={version}>
          {version}
        </PageLink>
        <KindChip kind={kind} />
      </span>
    ),
  },
  { key: "from", head: "Before", hideBelow: "tablet", cell: (deploy) => <Before to={to} deploy={deploy} /> },
  {
    key: "projects",
    head: "Project",
    hideBelow: "phone",
    cell: ({ projects }) => {
      const [first, ...others] = projects;
      if (!first) return <span className="soft">unknown</span>;
      return (
        <span className={classes["short"]} title={projects.map(({ slug }) => slug).join(", ")}>
          <PageLink href={to.project(first.slug)} className="cut">
            {first.slug}
          </PageLink>
          {others.length > 0 && <span className="soft">+{others.length}</span>}
        </span>
      );
    },
  },
  {
    key: "environment",
    head: "Environment",
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
    head: "After",
    align: "end",
    hideBelow: "tablet",
    cell: ({ gap }) =>
      gap === null ? <span className="soft">—</span> : <span title="Since the deploy before it finished">{length(gap)}</span>,
  },
  {
    key: "by",
    head: "By",
    hideBelow: "phone",
    cell: ({ deployer }) =>
      deployer ? (
        <PageLink href={to.person(deployer.email)}>
          <Face {...deployer} />
        </PageLink>
      ) : (
        <span className="soft" title="Deployed with a token of the organization">
          token
        </span>
      ),
  },
  {
    key: "name",
    head: "Name",
    grows: true,
    hideBelow: "tablet",
    cell: ({ name, url }) => (name || url ? <OutsideLink href={url}>{name ?? url?.replace(/^https?:\/\//i, "")}</OutsideLink> : null),
  },
];

/** What was there before, each version leading to what changed since. */
function Before({ to, deploy }: { readonly to: Addresses; readonly deploy: EnvironmentDeployView }) {
  const versions = fromVersions(deploy);
  const [first, ...others] = versions;
  if (!first) return <span className="soft">{deploy.kind === "again" ? "the same" : "nothing"}</span>;
  const told = versions.map(({ version, projects }) => `${version} (${projects.join(", ")})`).join("; ");
  return (
    <span className={classes["short"]} title={versions.length > 1 ? told : `What changed since ${first.version}`}>
      <PageLink href={to.compare({ base: first.version, head: deploy.version })} className="cut">
        {first.version}
      </PageLink>
      {others.length > 0 && <span className="soft">+{others.length}</span>}
    </span>
  );
}

/** How long it took, in text and as a thin bar beside the longest one shown. */
function Took({ duration, longest }: { readonly duration: number | null; readonly longest: number }) {
  if (duration === null) return <span className="soft">—</span>;
  return (
    <span className={classes["took"]}>
      {length(duration)}
      <span className={classes["bar"]} aria-hidden="true">
        <span style={{ width: `${Math.max(2, (100 * duration) / longest)}%` }} />
      </span>
    </span>
  );
}
