import type { EnvironmentDeployView } from "@landfall/schema/views/board";
import { Fragment } from "react";
import { formatDuration } from "../ago.ts";
import { shortVersion } from "../find/short-version.ts";
import { timeMarks, versionLanes } from "./version-lanes.ts";
import classes from "./version-lanes-picture.module.css";

/** So many projects are drawn. */
const MAX_PROJECTS = 12;

type VersionLanesChartProps = {
  /** Of one environment, the last finished first. */
  readonly deploys: readonly EnvironmentDeployView[];
  readonly now: Date;
};

/** Which version was there when, a lane for each project. The list of deploys says the same in words, so it is only seen. */
export function VersionLanesChart({ deploys, now }: VersionLanesChartProps) {
  const found = versionLanes(deploys, now, MAX_PROJECTS);
  if (!found) return null;
  const range = found.to.getTime() - found.from.getTime();
  return (
    <figure className={classes["picture"]} aria-hidden="true">
      <div className={classes["lanes"]}>
        {found.lanes.map(({ project, spans }) => (
          <Fragment key={project}>
            <span className={`${classes["project"]} cut`}>{project}</span>
            <div className={classes["lane"]}>
              {spans.map(({ version, start, end, lasted, state }) => (
                <span
                  key={start + version}
                  data-state={state}
                  style={{ insetInlineStart: `${100 * start}%`, width: `${100 * (end - start)}%` }}
                  title={`${version}: ${state === "now" ? "there for" : state === "undone" ? "taken back after" : "was there for"} ${formatDuration(lasted)}`}
                >
                  <b>{shortVersion(version)}</b>
                </span>
              ))}
            </div>
          </Fragment>
        ))}
        <span />
        <div className={classes["marks"]}>
          {timeMarks(range).map(({ at, before }) => (
            <span key={before} style={{ insetInlineStart: `${100 * at}%` }}>
              {formatDuration(before)}
            </span>
          ))}
          <span data-now="">now</span>
        </div>
      </div>
      {found.leftOut > 0 && (
        <figcaption>
          Of the {MAX_PROJECTS} projects that were deployed last; {found.leftOut} more are in the list.
        </figcaption>
      )}
    </figure>
  );
}
