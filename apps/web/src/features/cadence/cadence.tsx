import { formatDay } from "#ui/format.ts";
import { CadenceChartFrame } from "./cadence-chart-frame.tsx";
import classes from "./cadence.module.css";

/** What is counted per week. */
export type SeriesName = "releases" | "deploys" | "commits";

/** A week with its counts, by what is counted; null if they are not known. The first day is an instant. */
export type Week = { readonly start: string } & Readonly<Partial<Record<SeriesName, number | null>>>;

/** The label and the color of what is counted. */
export const SERIES: Readonly<Record<SeriesName, { readonly label: string; readonly color: string }>> = {
  releases: { label: "Releases", color: "var(--accent)" },
  deploys: { label: "Deploys", color: "var(--info)" },
  commits: { label: "Commits", color: "var(--accent)" },
};

type CadenceProps = {
  /** The oldest first; the last one is the current week. */
  readonly weeks: readonly Week[];
  readonly series: readonly SeriesName[];
};

/** Counts per week as a chart and a table, from the first week that has any. */
export function Cadence({ weeks, series }: CadenceProps) {
  const shown = withoutEmptyStart(weeks, series);
  return (
    <div className={classes["cadence"]}>
      <div className={classes["head"]}>
        <p>{describeCadence(weeks, series)}</p>
        {shown.length > 0 && (
          <p className={classes["legend"]} aria-hidden="true">
            {series.map((name) => (
              <span key={name}>
                <i data-of={name} /> {SERIES[name].label}
              </span>
            ))}
          </p>
        )}
      </div>
      {shown.length > 0 && (
        <>
          <CadenceChartFrame weeks={shown} series={series} />
          <details>
            <summary>Show as table</summary>
            <CadenceTable weeks={shown} series={series} />
          </details>
        </>
      )}
    </div>
  );
}

/** The weeks as a table, the current one first. */
function CadenceTable({ weeks, series }: CadenceProps) {
  return (
    // Focusable, so that it can be scrolled with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region
    <section className={classes["table"]} aria-label="Weeks" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Week of</th>
            {series.map((name) => (
              <th key={name} scope="col">
                {SERIES[name].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.toReversed().map((week) => (
            <tr key={week.start}>
              <th scope="row">
                <time dateTime={week.start.slice(0, 10)}>{formatDay(week.start)}</time>
              </th>
              {series.map((name) => (
                <td key={name}>{week[name] ?? UNKNOWN}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const UNKNOWN = <span title="More than the counting limit">—</span>;

/** Returns the weeks from the first one with a count, or an unknown one, on. */
export function withoutEmptyStart(weeks: readonly Week[], series: readonly SeriesName[]): readonly Week[] {
  const first = weeks.findIndex((week) => series.some((name) => week[name] !== 0));
  return first < 0 ? [] : weeks.slice(first);
}

/** Describes the averages per week. Leaves out weeks before the first with a count, and the current week. */
export function describeCadence(weeks: readonly Week[], series: readonly SeriesName[]): string {
  const shown = withoutEmptyStart(weeks, series);
  const complete = shown.slice(0, -1);
  const averages = series
    .map((name) => meanLabel(meanOf(complete.map((week) => week[name] ?? null)), name))
    .filter((text) => text !== null);
  if (averages.length === 0)
    return shown.length === 0 ? `No ${series.join(" or ")} in this period.` : "The first week is not complete yet.";
  return `Average: ${averages.join(" and ")} per week over the last ${complete.length === 1 ? "week" : `${complete.length} weeks`}.`;
}

const meanLabel = (mean: string | null, name: SeriesName): string | null =>
  mean === null ? null : `${mean} ${mean === "1" ? name.slice(0, -1) : name}`;

/** The mean to one decimal place; null without known counts. */
function meanOf(counts: readonly (number | null)[]): string | null {
  const known = counts.filter((count) => count !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, count) => sum + count, 0) / known.length;
  return mean.toLocaleString("en", { maximumFractionDigits: 1 });
}
