import { DAY, HOUR } from "@landfall/domain/durations";
import { dayParam, type SearchParams, textParam } from "#server/pages/search-params.ts";
import { Select } from "#ui/forms/select.tsx";

/** The relative time ranges of a list of deploys. */
export const RANGES = ["2h", "24h", "7d", "30d", "90d"] as const;

/** The time range of a list of deploys, as in its URL. */
type TimeRange = {
  /** A relative range, "dates" for two days, "" for any time. */
  readonly range: (typeof RANGES)[number] | "dates" | "";
  /** The first and the last day in UTC, such as "2026-01-31"; "" for none. */
  readonly first: string;
  readonly last: string;
  /** The range as dates: `from` inclusive, `to` exclusive. */
  readonly from: Date | undefined;
  readonly to: Date | undefined;
};

/** Parses the time range of a URL: `?range=7d`, or `?range=dates&from=2026-01-01&to=2026-01-31` with inclusive days. Invalid days are ignored. */
export function readTimeRange(params: SearchParams, now: Date): TimeRange {
  const param = textParam(params, "range");
  const range = RANGES.find((one) => one === param);
  if (range) return { range, first: "", last: "", from: new Date(now.getTime() - lengthOf(range)), to: undefined };
  const [first, last] = [dayParam(params, "from"), dayParam(params, "to")];
  const isDates = param === "dates" || first !== null || last !== null;
  return {
    range: isDates ? "dates" : "",
    first: first?.text ?? "",
    last: last?.text ?? "",
    from: first?.start,
    to: last ? new Date(last.start.getTime() + DAY) : undefined,
  };
}

const lengthOf = (range: (typeof RANGES)[number]): number => Number.parseInt(range, 10) * (range.endsWith("h") ? HOUR : DAY);

/** Returns the query fields of a time range. */
export const timeRangeQuery = ({ range, first, last }: Pick<TimeRange, "range" | "first" | "last">) => ({ range, from: first, to: last });

const OPTIONS = [
  ["", "Any time"],
  ["2h", "Last 2 hours"],
  ["24h", "Last 24 hours"],
  ["7d", "Last 7 days"],
  ["30d", "Last 30 days"],
  ["90d", "Last 90 days"],
  ["dates", "Custom range"],
] as const;

/** The form fields for a time range; a custom range has two date fields. */
export function TimeRangeFields({ range, first, last }: Pick<TimeRange, "range" | "first" | "last">) {
  return (
    <>
      <Select label="Time" name="range" chosen={range} options={OPTIONS} />
      {range === "dates" && (
        <>
          <input key={`from ${first}`} type="date" name="from" defaultValue={first} aria-label="First day (UTC)" title="First day (UTC)" />
          <input key={`to ${last}`} type="date" name="to" defaultValue={last} aria-label="Last day (UTC)" title="Last day (UTC)" />
          <button type="submit">Apply</button>
        </>
      )}
    </>
  );
}
