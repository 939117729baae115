import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { Select } from "#ui/forms/select.tsx";

/** How far back lists of deploys can be asked to go. */
export const RANGES = ["2h", "24h", "7d", "30d", "90d"] as const;

/** The time a list of deploys is of, as its address says it. */
type TimeRange = {
  /** How far back, "dates" for between two days, "" for any time. */
  readonly range: (typeof RANGES)[number] | "dates" | "";
  /** The first and the last day, in UTC, as the address has them: "2026-01-31"; "" where it is open. */
  readonly first: string;
  readonly last: string;
  /** From this moment on, up to before that one. */
  readonly from: Date | undefined;
  readonly to: Date | undefined;
};

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Reads the time of an address: `?range=7d`, or `?range=dates&from=2026-01-01&to=2026-01-31`, whose days both count. What is no day is left out. */
export function readTimeRange(params: SearchParams, now: Date): TimeRange {
  const asked = textParam(params, "range");
  const range = RANGES.find((one) => one === asked);
  if (range) return { range, first: "", last: "", from: new Date(now.getTime() - lengthOf(range)), to: undefined };
  const [first, last] = [dayParam(params, "from"), dayParam(params, "to")];
  const isDates = asked === "dates" || first !== null || last !== null;
  return {
    range: isDates ? "dates" : "",
    first: first?.text ?? "",
    last: last?.text ?? "",
    from: first?.start,
    to: last ? new Date(last.start.getTime() + DAY) : undefined,
  };
}

const lengthOf = (range: (typeof RANGES)[number]): number => Number.parseInt(range, 10) * (range.endsWith("h") ? HOUR : DAY);

function dayParam(params: SearchParams, name: string): { readonly text: string; readonly start: Date } | null {
  const text = textParam(params, name);
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const start = new Date(`${text}T00:00:00Z`);
  // There is no 31st of February.
  return Number.isNaN(start.getTime()) || !start.toISOString().startsWith(text) || start.getUTCFullYear() < 1970 ? null : { text, start };
}

/** The fields of an address that say a time. */
export const timeRangeQuery = ({ range, first, last }: Pick<TimeRange, "range" | "first" | "last">) => ({ range, from: first, to: last });

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
