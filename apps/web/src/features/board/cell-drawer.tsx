"use client";

import { ReleaseName } from "#ui/release-name.tsx";
import { Button } from "@mantine/core";
import { formatSide } from "@landfall/domain/comparison/compare-side";
import { DeployHistory } from "#features/deploys/deploy-history.tsx";
import { HideEnvironmentButton } from "#features/environments/hide-environment.tsx";
import { driftText } from "@landfall/domain/environments/drift-text";
import { Loaded, PeekDrawer } from "#ui/dialog/peek-drawer.tsx";
import { PageLink } from "#ui/links.tsx";
import { organizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import type { GridCell } from "./read-board.ts";
import classes from "./cell-drawer.module.css";

type CellDrawerProps = {
  readonly organization: string;
  readonly project: string;
  readonly environment: string;
  /** The current version; undefined if the cell is no longer on the board. */
  readonly cell: GridCell | undefined;
  readonly mayHide: boolean;
  readonly onClose: () => void;
};

/** The deploy history of a project in an environment, newest first, and how far it is behind. */
export function CellDrawer({ organization, project, environment, cell, mayHide, onClose }: CellDrawerProps) {
  const to = organizationUrls(organization);
  const text = cell?.drift && driftText(cell.drift, environment);
  return (
    <PeekDrawer title={`${project} in ${environment}`} onClose={onClose}>
      {cell && (
        <p>
          <PageLink href={to.release(cell.version)}>
            <b>
              <ReleaseName version={cell.version} />
            </b>
          </PageLink>{" "}
          <span className="soft">
            <TimeAgo at={cell.at} format="for" />
            {cell.deployer && <>, by {cell.deployer.name ?? cell.deployer.email}</>}
          </span>
        </p>
      )}
      {cell?.rolledBackFrom !== undefined && (
        <p className={classes["rollback"]}>
          Rolled back from{" "}
          <PageLink href={to.compare({ base: formatSide(cell.version), head: formatSide(cell.rolledBackFrom) })}>
            <ReleaseName version={cell.rolledBackFrom} />
          </PageLink>
        </p>
      )}
      {cell?.drift && text && (
        <p className="prose">
          {text.behind}, which has{" "}
          <PageLink href={to.release(cell.drift.version)}>
            <ReleaseName version={cell.drift.version} />
          </PageLink>
        </p>
      )}
      <div className="row">
        {cell?.drift && (
          <Button
            component={PageLink}
            variant="default"
            href={to.compare({
              base: formatSide({ environment, project }),
              head: formatSide({ environment: cell.drift.environment, project }),
            })}
          >
            Compare with {cell.drift.environment}
          </Button>
        )}
        <Button component={PageLink} variant="default" href={to.environment(environment, { project })}>
          All deploys
        </Button>
        {mayHide && (
          <HideEnvironmentButton
            organization={organization}
            project={project}
            environment={environment}
            isHidden={cell?.isHidden === true}
          />
        )}
      </div>
      <section aria-labelledby="cell-history">
        <h3 id="cell-history">History</h3>
        <CellHistory key={cell?.version} organization={organization} project={project} environment={environment} />
      </section>
    </PeekDrawer>
  );
}

type CellHistoryProps = Pick<CellDrawerProps, "organization" | "project" | "environment">;

const HISTORY_LIMIT = 20;

/** The last deploys of a project to an environment. */
function CellHistory({ organization, project, environment }: CellHistoryProps) {
  const to = organizationUrls(organization);
  const input = { organization, environment, project: [project], per_page: HISTORY_LIMIT };
  return (
    <Loaded what="history" read={(client, signal) => client.environments.deploys.query(input, { signal })}>
      {({ items, next }) => (
        <>
          <DeployHistory to={to} deploys={items} project={project} />
          {next?.hasResults && (
            <p>
              <PageLink href={to.environment(environment, { project, cursor: next.cursor })}>Older deploys</PageLink>
            </p>
          )}
        </>
      )}
    </Loaded>
  );
}
