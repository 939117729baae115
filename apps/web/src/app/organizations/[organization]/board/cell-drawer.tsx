"use client";

import { Button, Drawer } from "@mantine/core";
import { useState } from "react";
import { organizationUrls } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import { formatSide } from "../compare/compare-side.ts";
import { CellHistory } from "./cell-history.tsx";
import { driftText } from "./drift-text.ts";
import type { GridCell } from "./grid-row.ts";
import { HideEnvironmentButton } from "./hide-button.tsx";
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
            <HideEnvironmentButton organization={organization} project={project} environment={environment} isHidden={cell?.isHidden === true} />
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
