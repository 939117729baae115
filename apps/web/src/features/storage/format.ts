import type { RetentionTotalsView, RetentionView } from "@landfall/schema/artifacts/retention";
import { formatBytes, formatCount } from "#ui/format.ts";

/** A rule as a sentence: "Keeps the last 20 releases, everything ever deployed to production, and what was uploaded in the last 90 days." */
export function describeRule({ keepLast, keepDays, environments }: Pick<RetentionView, "keepLast" | "keepDays" | "environments">): string {
  const parts = [
    ...(keepLast === null ? [] : [keepLast === 1 ? "the last release" : `the last ${NUMBERS.format(keepLast)} releases`]),
    ...(environments.length === 0 ? [] : [`everything ever deployed to ${OR.format(environments)}`]),
    ...(keepDays === null ? [] : [`what was uploaded in the last ${keepDays === 1 ? "day" : `${NUMBERS.format(keepDays)} days`}`]),
  ];
  return parts.length === 0 ? "Keeps everything." : `Keeps ${AND.format(parts)}.`;
}

const NUMBERS = new Intl.NumberFormat("en");
const AND = new Intl.ListFormat("en", { type: "conjunction" });
const OR = new Intl.ListFormat("en", { type: "disjunction" });

/** How much goes: "1.2 GiB: 34 bundles with 1,203 files of 30 releases"; "nothing" where nothing does. */
export function describeTotals({ bundles, releases, files, bytes }: RetentionTotalsView): string {
  if (bundles + files === 0) return "nothing";
  const parts = [...(bundles > 0 ? [formatCount(bundles, "bundle")] : []), formatCount(files, "file")];
  return `${formatBytes(bytes)}: ${parts.join(" with ")}${releases > 0 ? ` of ${formatCount(releases, "release")}` : ""}`;
}
