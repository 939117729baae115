"use client";

import { ReleaseName } from "#ui/release-name.tsx";
import type { Page } from "@landfall/schema/page";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import { Button, Drawer, Loader } from "@mantine/core";
import { useEffect, useState } from "react";
import { formatSide } from "@landfall/domain/comparison/compare-side";
import { DeployHistory } from "#features/deploys/deploy-history.tsx";
import { HideEnvironmentButton } from "#features/environments/hide-environment.tsx";
import { browserClient } from "#ui/browser-client.ts";
import { driftText } from "@landfall/domain/environments/drift-text";
import { FormError } from "#ui/forms/form-error.tsx";
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
  const [attempt, setAttempt] = useState(0);
  const text = cell?.drift && driftText(cell.drift, environment);
  return (
    <Drawer opened onClose={onClose} position="right" size="34rem" title={`${project} in ${environment}`}>
      <div className={classes["drawer"]}>
        {cell && (
          <p className={classes["current"]}>
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
          <CellHistory
            key={`${cell?.version} ${attempt}`}
            organization={organization}
            project={project}
            environment={environment}
            onRetry={() => setAttempt(attempt + 1)}
          />
        </section>
      </div>
    </Drawer>
  );
}

type CellHistoryProps = {
  readonly organization: string;
  readonly project: string;
  readonly environment: string;
  readonly onRetry: () => void;
};

const HISTORY_LIMIT = 20;

/** The last deploys of a project to an environment, loaded by the browser. */
function CellHistory({ organization, project, environment, onRetry }: CellHistoryProps) {
  const to = organizationUrls(organization);
  const [history, setHistory] = useState<Page<EnvironmentDeployView> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      try {
        const client = await browserClient();
        const input = { organization, environment, project: [project], per_page: HISTORY_LIMIT };
        const page = await client.environments.deploys.query(input, { signal: controller.signal });
        if (!controller.signal.aborted) setHistory(page);
      } catch (error) {
        if (!controller.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
      }
    };
    void read();
    return () => controller.abort();
  }, [organization, project, environment]);
  if (problem !== null) {
    return (
      <div className="stack">
        <FormError message={problem} />
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      </div>
    );
  }
  if (!history) return <Loader size="sm" aria-label="Loading history" />;
  return (
    <>
      <DeployHistory to={to} deploys={history.items} project={project} />
      {history.next?.hasResults && (
        <p>
          <PageLink href={to.environment(environment, { project, cursor: history.next.cursor })}>Older deploys</PageLink>
        </p>
      )}
    </>
  );
}
