"use client";

import type { EnvironmentDeployView } from "@landfall/schema/views/board";
import type { Page } from "@landfall/schema/views/page";
import { Button, Loader } from "@mantine/core";
import { useEffect, useState } from "react";
import { organizationUrls } from "../../../../ui/addresses.ts";
import { browserClient } from "../../../../ui/browser-client.ts";
import { DeployHistory } from "../../../../ui/deploys/deploy-history.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { FormError } from "../../../../ui/refusal.tsx";

type CellHistoryProps = {
  readonly organization: string;
  readonly project: string;
  readonly environment: string;
  readonly onAgain: () => void;
};

/** How many deploys are read. */
const SHOWN = 20;

/** The last deploys of a project to an environment, read from the browser when it is first drawn. */
export function CellHistory({ organization, project, environment, onAgain }: CellHistoryProps) {
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
