import { ReleaseName } from "#ui/release-name.tsx";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import { formatDuration } from "#ui/format.ts";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { Deployer, DeployKindChip } from "./deploy-labels.tsx";
import classes from "./deploy-history.module.css";

type DeployHistoryProps = {
  readonly to: OrganizationUrls;
  readonly deploys: readonly EnvironmentDeployView[];
  readonly project: string;
};

/** The deploys of one project to one environment, one short line each, newest first. */
export function DeployHistory({ to, deploys, project }: DeployHistoryProps) {
  return (
    <ol className={classes["history"]}>
      {deploys.map(({ id, version, projects, kind, dateFinished, duration, deployer }) => {
        const from = projects.find(({ slug }) => slug === project)?.from ?? null;
        return (
          <li key={id} data-kind={kind}>
            <Deployer deployer={deployer} />
            <span className={classes["release"]}>
              <PageLink href={to.release(version)} className="cut">
                <ReleaseName version={version} />
              </PageLink>
              <DeployKindChip kind={kind} />
              {from !== null && from !== version && (
                <PageLink href={to.compare({ base: from, head: version })} className={classes["from"]} title={`Compare with ${from}`}>
                  from{" "}
                  <span className="cut">
                    <ReleaseName version={from} />
                  </span>
                </PageLink>
              )}
            </span>
            <span className={classes["times"]}>
              {duration !== null && <span>took {formatDuration(duration)}</span>}
              <TimeAgo at={dateFinished} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}
