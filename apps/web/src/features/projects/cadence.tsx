import type { CadenceView } from "@landfall/schema/organizations/projects";
import { CadenceChartFrame } from "./cadence-chart-frame.tsx";
import classes from "./cadence.module.css";

/** How often a project ships, as bars and as a table. */
export function Cadence({ weeks }: { readonly weeks: CadenceView["weeks"] }) {
  const isSomething = weeks.some(({ releases, deploys }) => releases !== 0 || deploys !== 0);
  return (
    <div className={classes["cadence"]}>
      <div className={classes["head"]}>
        <p>{describeCadence(weeks)}</p>
        {isSomething && (
          <p className={classes["legend"]} aria-hidden="true">
            <i data-of="releases" /> Releases <i data-of="deploys" /> Deploys
          </p>
        )}
      </div>
      {isSomething && (
        <>
          <CadenceChartFrame weeks={weeks} />
          <details>
            <summary>As a table</summary>
            <CadenceTable weeks={weeks} />
          </details>
        </>
      )}
    </div>
  );
}

/** The weeks as numbers, this one first. */
function CadenceTable({ weeks }: { readonly weeks: CadenceView["weeks"] }) {
  return (
    <section className={classes["table"]} aria-label="Weeks">
      <table>
        <thead>
          <tr>
            <th scope="col">Week from</th>
            <th scope="col">Releases</th>
            <th scope="col">Deploys</th>
          </tr>
        </thead>
        <tbody>
          {weeks.toReversed().map(({ start, releases, deploys }) => (
            <tr key={start}>
              <th scope="row">
                <time dateTime={start.slice(0, 10)}>{start.slice(0, 10)}</time>
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

const UNKNOWN = <span title="There are more than are counted">—</span>;

type Weeks = CadenceView["weeks"];

/** How often a project ships, in a sentence. Weeks before its first release or deploy do not count, and the last one is not over yet. */
export function describeCadence(weeks: Weeks): string {
  const first = weeks.findIndex(({ releases, deploys }) => releases !== 0 || deploys !== 0);
  const over = first < 0 ? [] : weeks.slice(first, -1);
  const told = [
    meanLabel(meanOf(over.map((week) => week.releases)), "releases"),
    meanLabel(meanOf(over.map((week) => week.deploys)), "deploys"),
  ].filter((text) => text !== null);
  if (told.length === 0) return first < 0 ? "Nothing was released or deployed in these weeks." : "The first week is not over yet.";
  return `On average ${told.join(" and ")} a week, in the ${over.length === 1 ? "week" : `${over.length} weeks`} before this one.`;
}

const meanLabel = (mean: string | null, what: string): string | null => (mean === null ? null : `${mean} ${what}`);

/** To one decimal; null where nothing is known. */
function meanOf(counts: readonly (number | null)[]): string | null {
  const known = counts.filter((count) => count !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, count) => sum + count, 0) / known.length;
  return mean.toLocaleString("en", { maximumFractionDigits: 1 });
}
