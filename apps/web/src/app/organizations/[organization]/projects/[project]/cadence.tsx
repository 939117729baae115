import type { CadenceView } from "@landfall/schema/views/cadence";
import { CadenceChartFrame } from "./cadence-chart-frame.tsx";
import { describeCadence } from "./cadence-in-words.ts";
import { CadenceTable } from "./cadence-table.tsx";
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
