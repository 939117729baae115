"use client";

import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { firstReleaseLines, type Place, type Way, ways } from "../../../../../ui/first-release/first-release-lines.ts";
import { ShellLines } from "../../../../../ui/shell-lines.tsx";
import classes from "./how-to-report.module.css";

type HowToReportProps = {
  readonly server: Place;
  /** Whether nothing was reported yet. */
  readonly isFirst: boolean;
};

/** What to put into a pipeline, for each tool; open where there is nothing yet. */
export function HowToReport({ server, isFirst }: HowToReportProps) {
  const [way, setWay] = useState<Way>("sentry-cli");
  return (
    <details open={isFirst} className={classes["how"]}>
      <summary>Lines for your pipeline</summary>
      <div className="stack">
        <SegmentedControl
          size="xs"
          aria-label="Tool"
          value={way}
          data={[...ways]}
          onChange={(value) => setWay(ways.find((one) => one === value) ?? way)}
          className={classes["ways"] ?? ""}
        />
        <ShellLines label={`Reporting with ${way}`} lines={firstReleaseLines(way, server, null)} />
      </div>
    </details>
  );
}
