import { formatCount } from "@landfall/domain/format";
import classes from "./sparkline.module.css";

const BAR = 5;
const GAP = 1;
const HEIGHT = 18;

type SparklineProps = {
  /** Counts of releases per week, the oldest first. */
  readonly counts: readonly (number | null)[];
  /** The highest count; higher ones are not known. */
  readonly limit: number;
};

/** Releases per week as small bars, whose text alternative has the total. */
export function Sparkline({ counts, limit }: SparklineProps) {
  const known = counts.map((count) => count ?? 0);
  const most = Math.max(...known);
  if (most === 0) return <span className="soft">none</span>;
  return (
    <svg className={classes["sparkline"]} role="img" width={known.length * (BAR + GAP)} height={HEIGHT}>
      <title>{describeCounts(known, limit)}</title>
      {known.map((count, index) => {
        const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * HEIGHT));
        return (
          <rect
            // oxlint-disable-next-line react/no-array-index-key -- a bar is the week at its place
            key={index}
            data-empty={count === 0 || undefined}
            x={index * (BAR + GAP)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
          />
        );
      })}
    </svg>
  );
}

/** Describes the counts: "14 releases in the last 12 weeks, 3 of them this week". */
export function describeCounts(counts: readonly number[], limit: number): string {
  const total = formatCount(
    counts.reduce((sum, count) => sum + count, 0),
    "release",
  );
  const isCapped = counts.some((count) => count >= limit);
  return `${isCapped ? "At least " : ""}${total} in the last ${counts.length} weeks, ${counts.at(-1) ?? 0} of them this week`;
}
