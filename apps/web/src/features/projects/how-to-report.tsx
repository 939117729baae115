import type { ReportTarget } from "#features/first-release/first-release.ts";
import { ReportCommands } from "#features/first-release/report-commands.tsx";
import classes from "./how-to-report.module.css";

type HowToReportProps = {
  readonly target: ReportTarget;
  /** Whether there are no releases yet. */
  readonly isFirst: boolean;
};

/** The commands that report a release, for each client and CI system; open if there are no releases yet. */
export function HowToReport({ target, isFirst }: HowToReportProps) {
  return (
    <details open={isFirst} className={classes["how"]}>
      <summary>Commands for your pipeline</summary>
      <div className="stack">
        <ReportCommands target={target} token={null} />
      </div>
    </details>
  );
}
