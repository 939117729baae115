import type { SideCounts } from "./tally.ts";
import classes from "./tally-table.module.css";

/** How much is where, in numbers and as bars; each line leads to its part of the page. */
export function CountTable({ tallies }: { readonly tallies: readonly SideCounts[] }) {
  return (
    <table className={classes["tally"]}>
      <caption className="unseen">How much is where</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">What</span>
          </th>
          <th scope="col">Only from</th>
          <th scope="col">Both</th>
          <th scope="col">Only to</th>
        </tr>
      </thead>
      <tbody>
        {tallies.map(({ what, base, both, head }) => (
          <tr key={what}>
            <th scope="row">
              <a href={`#${what.toLowerCase()}`}>{what}</a>
            </th>
            {[base, both, head].map((count, side) => (
              // oxlint-disable-next-line react/no-array-index-key -- the three sides stand where they stand
              <td key={side} data-none={!count || undefined}>
                {count?.toLocaleString("en")}
              </td>
            ))}
            <td aria-hidden="true">
              <span className={classes["bar"]}>
                <span data-side="base" style={{ flexGrow: base }} />
                <span data-side="both" style={{ flexGrow: both ?? 0 }} />
                <span data-side="head" style={{ flexGrow: head }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
