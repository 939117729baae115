import { formatDay } from "#ui/format.ts";
import type { CadenceView } from "@landfall/schema/organizations/projects";
import { CadenceChartFrame } from "./cadence-chart-frame.tsx";
import classes from "./cadence.module.css";

/** Releases and deploys of a project per week, as a chart and a table. */
export function Cadence({ weeks }: { readonly weeks: CadenceView["weeks"] }) {
  const hasActivity = weeks.some(({ releases, deploys }) => releases !== 0 || deploys !== 0);
  return (
    <div className={classes["cadence"]}>
      <div className={classes["head"]}>
        <p>{describeCadence(weeks)}</p>
        {hasActivity && (
          <p className={classes["legend"]} aria-hidden="true">
            <i data-of="releases" /> Releases <i data-of="deploys" /> Deploys
          </p>
        )}
      </div>
      {hasActivity && (
        <>
          <CadenceChartFrame weeks={weeks} />
          <details>
            <summary>Show as table</summary>
            <CadenceTable weeks={weeks} />
          </details>
        </>
      )}
    </div>
  );
}

/** The weeks as a table, the current one first. */
function CadenceTable({ weeks }: { readonly weeks: CadenceView["weeks"] }) {
  return (
    <section className={classes["table"]} aria-label="Weeks">
      <table>
        <thead>
          <tr>
            <th scope="col">Week of</th>
            <th scope="col">Releases</th>
            <th scope="col">Deploys</th>
          </tr>
        </thead>
        <tbody>
          {weeks.toReversed().map(({ start, releases, deploys }) => (
            <tr key={start}>
              <th scope="row">
                <time dateTime={start.slice(0, 10)}>{formatDay(start)}</time>
              </th>
              <td>{releases ?? UNKNOWN}</td>
              <td>{deploys ?? UNKNOWN}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const UNKNOWN = <span title="More than the counting limit">—</span>;

type Weeks = CadenceView["weeks"];

/** Describes how often a project ships. Leaves out weeks before its first release or deploy, and the current week. */
export function describeCadence(weeks: Weeks): string {
  const first = weeks.findIndex(({ releases, deploys }) => releases !== 0 || deploys !== 0);
  const complete = first < 0 ? [] : weeks.slice(first, -1);
  const averages = [
    meanLabel(meanOf(complete.map((week) => week.releases)), "release"),
    meanLabel(meanOf(complete.map((week) => week.deploys)), "deploy"),
  ].filter((text) => text !== null);
  if (averages.length === 0) return first < 0 ? "No releases or deploys in this period." : "The first week is not complete yet.";
  return `Average: ${averages.join(" and ")} per week over the last ${complete.length === 1 ? "week" : `${complete.length} weeks`}.`;
}

const meanLabel = (mean: string | null, noun: string): string | null =>
  mean === null ? null : `${mean} ${mean === "1" ? noun : `${noun}s`}`;

/** The mean to one decimal place; null without known counts. */
function meanOf(counts: readonly (number | null)[]): string | null {
  const known = counts.filter((count) => count !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, count) => sum + count, 0) / known.length;
  return mean.toLocaleString("en", { maximumFractionDigits: 1 });
}
