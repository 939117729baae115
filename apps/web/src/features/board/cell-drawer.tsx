"use client";

import type { Page } from "@landfall/schema/page";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import { Button, Drawer, Loader } from "@mantine/core";
import { useEffect, useState } from "react";
import { formatSide } from "#features/compare/compare-side.ts";
import { DeployHistory } from "#features/deploys/deploy-history.tsx";
import { HideEnvironmentButton } from "#features/environments/hide-environment.tsx";
import { browserClient } from "#ui/browser-client.ts";
import { driftText } from "#ui/drift-text.ts";
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
  /** What is there now; undefined when it left the board meanwhile. */
  readonly cell: GridCell | undefined;
  readonly mayHide: boolean;
  readonly onClose: () => void;
};

/** What was in an environment of a project, the newest first, and how far the next environment is. */
export function CellDrawer({ organization, project, environment, cell, mayHide, onClose }: CellDrawerProps) {
  const to = organizationUrls(organization);
  const [tries, setTries] = useState(0);
  const words = cell?.drift && driftText(cell.drift);
  return (
    <Drawer opened onClose={onClose} position="right" size="34rem" title={`${project} in ${environment}`}>
      <div className={classes["drawer"]}>
        {cell && (
          <p className={classes["now"]}>
            <PageLink href={to.release(cell.version)}>
              <b>{cell.version}</b>
            </PageLink>{" "}
            <span className="soft">
              since <TimeAgo at={cell.at} />
              {cell.deployer && <>, by {cell.deployer.name ?? cell.deployer.email}</>}
            </span>
          </p>
        )}
        {cell?.rolledBackFrom !== undefined && (
          <p className={classes["back"]}>
            Rolled back from{" "}
            <PageLink href={to.compare({ base: formatSide(cell.version), head: formatSide(cell.rolledBackFrom) })}>
              {cell.rolledBackFrom}
            </PageLink>
          </p>
        )}
        {cell?.drift && words && (
          <p>
            {words.long}: it has <PageLink href={to.release(cell.drift.version)}>{cell.drift.version}</PageLink>
          </p>
        )}
        <div className="row">
          {cell?.drift && (
            <Button
              component={PageLink}
              variant="default"
              href={to.compare({
                base: formatSide({ environment: cell.drift.environment, project }),
                head: formatSide({ environment, project }),
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
            key={`${cell?.version} ${tries}`}
            organization={organization}
            project={project}
            environment={environment}
            onAgain={() => setTries(tries + 1)}
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
  readonly onAgain: () => void;
};

/** How many deploys are read. */
const SHOWN = 20;

/** The last deploys of a project to an environment, read from the browser when it is first drawn. */
function CellHistory({ organization, project, environment, onAgain }: CellHistoryProps) {
  const to = organizationUrls(organization);
  const [history, setHistory] = useState<Page<EnvironmentDeployView> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      try {
        const client = await browserClient();
        const asked = { organization, environment, project: [project], per_page: SHOWN };
        const answer = await client.environments.deploys.query(asked, { signal: stop.signal });
        if (!stop.signal.aborted) setHistory(answer);
      } catch (error) {
        if (!stop.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
      }
    };
    void read();
    return () => stop.abort();
  }, [organization, project, environment]);
  if (problem !== null) {
    return (
      <div className="stack">
        <FormError message={problem} />
        <Button variant="default" onClick={onAgain}>
          Try again
        </Button>
      </div>
    );
  }
  if (!history) return <Loader size="sm" aria-label="Loading the history" />;
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
