import { formatBytes, formatCount } from "@landfall/domain/format";
import type { RetentionTotalsView, RetentionView } from "@landfall/schema/artifacts/retention";

/** Describes a retention rule: "Keeps the last 20 releases, everything ever deployed to production, and what was uploaded in the last 90 days." */
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

/** Describes an amount of artifacts: "1.2 GiB" and "34 bundles with 1,203 files of 30 releases"; null if there are none. */
export function describeTotals({
  bundles,
  releases,
  files,
  bytes,
}: RetentionTotalsView): { readonly size: string; readonly items: string } | null {
  if (bundles + files === 0) return null;
  const parts = [...(bundles > 0 ? [formatCount(bundles, "bundle")] : []), formatCount(files, "file")];
  const items = `${parts.join(" with ")}${releases > 0 ? ` of ${formatCount(releases, "release")}` : ""}`;
  return { size: formatBytes(bytes), items };
}
