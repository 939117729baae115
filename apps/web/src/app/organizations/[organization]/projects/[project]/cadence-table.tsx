import type { CadenceView } from "@landfall/schema/views/cadence";
import classes from "./cadence.module.css";

/** The weeks as numbers, this one first. */
export function CadenceTable({ weeks }: { readonly weeks: CadenceView["weeks"] }) {
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
