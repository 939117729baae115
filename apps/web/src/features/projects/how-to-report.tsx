"use client";

import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { firstReleaseCommands, REPORTING_CLIENTS, type ReportingClient, type ReportTarget } from "#features/first-release/first-release.ts";
import { CommandBlock } from "#ui/command-block.tsx";
import classes from "./how-to-report.module.css";

type HowToReportProps = {
  readonly server: ReportTarget;
  /** Whether nothing was reported yet. */
  readonly isFirst: boolean;
};

/** What to put into a pipeline, for each tool; open where there is nothing yet. */
export function HowToReport({ server, isFirst }: HowToReportProps) {
  const [way, setWay] = useState<ReportingClient>("sentry-cli");
  return (
    <details open={isFirst} className={classes["how"]}>
      <summary>Lines for your pipeline</summary>
      <div className="stack">
        <SegmentedControl
          size="xs"
          aria-label="Tool"
          value={way}
          data={[...REPORTING_CLIENTS]}
          onChange={(value) => setWay(REPORTING_CLIENTS.find((one) => one === value) ?? way)}
          className={classes["ways"] ?? ""}
        />
        <CommandBlock label={`Reporting with ${way}`} lines={firstReleaseCommands(way, server, null)} />
      </div>
    </details>
  );
}
