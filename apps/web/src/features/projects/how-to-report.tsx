"use client";

import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { firstReleaseCommands, REPORTING_CLIENTS, type ReportingClient, type ReportTarget } from "#features/first-release/first-release.ts";
import { CommandBlock } from "#ui/command-block.tsx";
import classes from "./how-to-report.module.css";

type HowToReportProps = {
  readonly target: ReportTarget;
  /** Whether there are no releases yet. */
  readonly isFirst: boolean;
};

/** The commands that report a release, for each client; open if there are no releases yet. */
export function HowToReport({ target, isFirst }: HowToReportProps) {
  const [client, setClient] = useState<ReportingClient>("sentry-cli");
  return (
    <details open={isFirst} className={classes["how"]}>
      <summary>Commands for your pipeline</summary>
      <div className="stack">
        <SegmentedControl
          size="xs"
          aria-label="Client"
          value={client}
          data={[...REPORTING_CLIENTS]}
          onChange={(value) => setClient(REPORTING_CLIENTS.find((one) => one === value) ?? client)}
          className={classes["clients"] ?? ""}
        />
        <CommandBlock label={`Reporting with ${client}`} lines={firstReleaseCommands(client, target, null)} />
      </div>
    </details>
  );
}
