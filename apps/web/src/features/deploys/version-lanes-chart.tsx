import { DAY, HOUR } from "@landfall/domain/durations";
import { formatCount } from "@landfall/domain/format";
import { formatRelease } from "@landfall/domain/versions/release-name";
import type { EnvironmentDeployView } from "@landfall/schema/releases/board";
import { Fragment } from "react";
import { formatDuration } from "#ui/format.ts";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { ReleaseName } from "#ui/release-name.tsx";
import classes from "./version-lanes-chart.module.css";

const MAX_PROJECTS = 12;

type VersionLanesChartProps = {
  /** Of one environment, last finished first. */
  readonly deploys: readonly EnvironmentDeployView[];
  readonly now: Date;
  readonly to: OrganizationUrls;
};

const LEGEND = [
  { state: "now", label: "current" },
  { state: "past", label: "replaced" },
  { state: "rolled-back", label: "rolled back" },
  { state: "restored", label: "restored by a rollback" },
] as const;

/**
 * The versions in an environment over time, one lane per project. Each is a link with its dates, shown on hover and focus. The list of
 * deploys has the same data as a table.
 */
export function VersionLanesChart({ deploys, now, to }: VersionLanesChartProps) {
  const chart = versionLanes(deploys, now, MAX_PROJECTS);
  if (!chart) return null;
  const range = chart.to.getTime() - chart.from.getTime();
  return (
    <figure className={classes["chart"]} aria-label="Versions over time">
      <ul className={classes["legend"]} aria-label="Legend">
        {LEGEND.filter(({ state }) => chart.lanes.some(({ spans }) => spans.some((span) => span.state === state))).map(
          ({ state, label }) => (
            <li key={state}>
              <span data-state={state} aria-hidden="true" /> {label}
            </li>
          ),
        )}
      </ul>
      <div className={classes["lanes"]}>
        {chart.lanes.map(({ project, spans }) => (
          <Fragment key={project}>
            <span className={`${classes["project"]} cut`}>{project}</span>
            <ol className={classes["lane"]} aria-label={`Versions of ${project}`}>
              {spans.map((span) => (
                <LaneVersion key={span.start + span.version} span={span} to={to} />
              ))}
            </ol>
          </Fragment>
        ))}
        <span />
        <div className={classes["marks"]} aria-hidden="true">
          {timeMarks(range).map(({ at, before }) => (
            <span key={before} style={{ insetInlineStart: `${100 * at}%` }}>
              {formatDuration(before)} ago
            </span>
          ))}
          <span data-now="">now</span>
        </div>
      </div>
      {chart.omittedProjects > 0 && (
        <figcaption>
          Shows the {MAX_PROJECTS} projects deployed last. The list has {formatCount(chart.omittedProjects, "more project")}.
        </figcaption>
      )}
    </figure>
  );
}

function LaneVersion({ span: { version, start, end, duration, state }, to }: { readonly span: LaneSpan; readonly to: OrganizationUrls }) {
  return (
    <li
      data-state={state}
      data-side={start > 0.5 ? "end" : "start"}
      style={{ insetInlineStart: `${100 * start}%`, width: `${100 * (end - start)}%` }}
    >
      <PageLink href={to.release(version)} aria-label={`${formatRelease(version)}: ${describeSpan(state, duration)}`}>
        <b aria-hidden="true">
          <ReleaseName version={version} />
        </b>
      </PageLink>
      <span className={classes["tip"]} aria-hidden="true">
        <strong>{version}</strong> {describeSpan(state, duration)}
      </span>
    </li>
  );
}

/** Describes a period in words: "rolled back after 3 h", "current for 2 d". */
function describeSpan(state: LaneSpan["state"], duration: number): string {
  if (state === "rolled-back") return `rolled back after ${formatDuration(duration)}`;
  return `${state === "now" ? "current for" : state === "restored" ? "restored, then current for" : "was current for"} ${formatDuration(duration)}`;
}

/** A period with one version in an environment. `start` and `end` are fractions of the chart's width, from 0 to 1. */
type LaneSpan = {
  readonly version: string;
  readonly start: number;
  readonly end: number;
  /** Milliseconds within the time shown. */
  readonly duration: number;
  /** `rolled-back`: a rollback replaced it; `restored`: a rollback brought it back. */
  readonly state: "now" | "past" | "rolled-back" | "restored";
};

/** The versions of one project, earliest first. */
type Lane = { readonly project: string; readonly spans: readonly LaneSpan[] };

export type VersionLanes = {
  /** The projects deployed last, by name. */
  readonly lanes: readonly Lane[];
  /** How many projects are not shown. */
  readonly omittedProjects: number;
  readonly from: Date;
  readonly to: Date;
};

type Deploy = Pick<EnvironmentDeployView, "version" | "projects" | "dateFinished" | "kind">;

/**
 * Returns the versions of each project in an environment, from the first of these deploys until now. `deploys` are of one environment, last
 * finished first. Null with fewer than two deploys, or if all finish in the future.
 */
export function versionLanes(deploys: readonly Deploy[], now: Date, maxProjects: number): VersionLanes | null {
  const oldest = deploys.at(-1);
  if (!oldest || deploys.length < 2) return null;
  const from = new Date(oldest.dateFinished);
  const range = now.getTime() - from.getTime();
  if (range <= 0) return null;
  const fractionOf = (at: number) => Math.min(1, Math.max(0, (at - from.getTime()) / range));
  const projects = [...new Set(deploys.flatMap(({ projects: deployed }) => deployed.map(({ slug }) => slug)))];
  const shown = projects.slice(0, maxProjects).toSorted();
  const lanes = shown.map((project) => ({ project, spans: spansOf(project, deploys.toReversed(), { from, now, fractionOf }) }));
  return { lanes, omittedProjects: projects.length - shown.length, from, to: now };
}

type Scale = { readonly from: Date; readonly now: Date; readonly fractionOf: (at: number) => number };

function spansOf(project: string, deploys: readonly Deploy[], { from, now, fractionOf }: Scale): LaneSpan[] {
  const steps = deploys.flatMap(({ version, projects, dateFinished, kind }) => {
    const deployed = projects.find(({ slug }) => slug === project);
    return deployed ? [{ version, kind, previous: deployed.from, at: new Date(dateFinished).getTime() }] : [];
  });
  const [earliest] = steps;
  const first =
    earliest && earliest.previous !== null && earliest.at > from.getTime()
      ? [{ version: earliest.previous, kind: "forward", at: from.getTime() }]
      : [];
  // A redeploy of the same version continues its period.
  const changes = [...first, ...steps].filter(({ version }, index, all) => version !== all[index - 1]?.version);
  return changes.map(({ version, kind, at }, index) => {
    const next = changes[index + 1];
    const end = next?.at ?? now.getTime();
    const state = next?.kind === "back" ? "rolled-back" : next ? (kind === "back" ? "restored" : "past") : "now";
    return { version, start: fractionOf(at), end: fractionOf(end), duration: end - at, state };
  });
}

const STEPS = [HOUR, 6 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 365 * DAY];
const MAX_MARKS = 6;

/** Returns the time marks below the lanes: the position from 0 to 1, and the milliseconds before the end. */
export function timeMarks(range: number): { readonly at: number; readonly before: number }[] {
  const step = STEPS.find((length) => range / length <= MAX_MARKS) ?? range / MAX_MARKS;
  return Array.from({ length: Math.max(0, Math.ceil(range / step) - 1) }, (_, index) => (index + 1) * step).map((before) => ({
    at: 1 - before / range,
    before,
  }));
}
