import { Select } from "../choice.tsx";
import type { TimeRange } from "./time-range.ts";

const OPTIONS = [
  ["", "Any time"],
  ["2h", "Last 2 hours"],
  ["24h", "Last 24 hours"],
  ["7d", "Last 7 days"],
  ["30d", "Last 30 days"],
  ["90d", "Last 90 days"],
  ["dates", "Between two days"],
] as const;

/** The time a list is of, in a form: how far back, or between two days, which are asked for then. */
export function TimeRangeFields({ range, first, last }: Pick<TimeRange, "range" | "first" | "last">) {
  return (
    <>
      <Select label="Time" name="range" chosen={range} options={OPTIONS} />
      {range === "dates" && (
        <>
          <input key={`from ${first}`} type="date" name="from" defaultValue={first} aria-label="First day (UTC)" title="First day (UTC)" />
          <input key={`to ${last}`} type="date" name="to" defaultValue={last} aria-label="Last day (UTC)" title="Last day (UTC)" />
          <button type="submit">Show</button>
        </>
      )}
    </>
  );
}
