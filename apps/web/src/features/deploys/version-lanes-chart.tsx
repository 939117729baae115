import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import { Fragment } from "react";
import { formatDuration, shortVersion } from "#ui/format.ts";
import classes from "./version-lanes-chart.module.css";

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

/** A version while it was in an environment; `start` and `end` are parts of the whole time shown, from 0 to 1. */
type LaneSpan = {
  readonly version: string;
  readonly start: number;
  readonly end: number;
  /** Milliseconds it was there within the time shown. */
  readonly lasted: number;
  /** Whether it is there still, was taken back, or took the place of one that was taken back. */
  readonly state: "now" | "past" | "undone" | "restored";
};

/** What was there of one project, the earliest first. */
type Lane = { readonly project: string; readonly spans: readonly LaneSpan[] };

export type VersionLanes = {
  /** The projects that were deployed last, by name. */
  readonly lanes: readonly Lane[];
  /** How many projects there are besides. */
  readonly leftOut: number;
  readonly from: Date;
  readonly to: Date;
};

type Deploy = Pick<EnvironmentDeployView, "version" | "projects" | "dateFinished" | "kind">;

/**
 * Which version of each project was in an environment when, from the first of these deploys until now. `deploys` are of one environment,
 * the last finished first; null when they are too few to make a picture.
 */
export function versionLanes(deploys: readonly Deploy[], now: Date, most: number): VersionLanes | null {
  const oldest = deploys.at(-1);
  if (!oldest || deploys.length < 2) return null;
  const from = new Date(oldest.dateFinished);
  const range = now.getTime() - from.getTime();
  if (range <= 0) return null;
  const partOf = (at: number) => Math.min(1, Math.max(0, (at - from.getTime()) / range));
  const projects = [...new Set(deploys.flatMap(({ projects: mine }) => mine.map(({ slug }) => slug)))];
  const shown = projects.slice(0, most).toSorted();
  const lanes = shown.map((project) => ({ project, spans: spansOf(project, deploys.toReversed(), { from, now, partOf }) }));
  return { lanes, leftOut: projects.length - shown.length, from, to: now };
}

type Scale = { readonly from: Date; readonly now: Date; readonly partOf: (at: number) => number };

function spansOf(project: string, deploys: readonly Deploy[], { from, now, partOf }: Scale): LaneSpan[] {
  const steps = deploys.flatMap(({ version, projects, dateFinished, kind }) => {
    const mine = projects.find(({ slug }) => slug === project);
    return mine ? [{ version, kind, before: mine.from, at: new Date(dateFinished).getTime() }] : [];
  });
  const [earliest] = steps;
  const first =
    earliest && earliest.before !== null && earliest.at > from.getTime()
      ? [{ version: earliest.before, kind: "forward", at: from.getTime() }]
      : [];
  // The same version deployed once more goes on.
  const changes = [...first, ...steps].filter(({ version }, index, all) => version !== all[index - 1]?.version);
  return changes.map(({ version, kind, at }, index) => {
    const next = changes[index + 1];
    const end = next?.at ?? now.getTime();
    const state = next?.kind === "back" ? "undone" : next ? (kind === "back" ? "restored" : "past") : "now";
    return { version, start: partOf(at), end: partOf(end), lasted: end - at, state };
  });
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STEPS = [HOUR, 6 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 365 * DAY];
const MOST_MARKS = 6;

/** Where the times that are written below the lanes stand, from 0 to 1, and how many milliseconds before the end each is. */
export function timeMarks(range: number): { readonly at: number; readonly before: number }[] {
  const step = STEPS.find((length) => range / length <= MOST_MARKS) ?? range / MOST_MARKS;
  return Array.from({ length: Math.max(0, Math.ceil(range / step) - 1) }, (_, index) => (index + 1) * step).map((before) => ({
    at: 1 - before / range,
    before,
  }));
}
