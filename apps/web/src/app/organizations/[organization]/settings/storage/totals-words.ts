import type { RetentionTotalsView } from "@landfall/schema/views/retention";
import { formatBytes } from "../../../../../ui/bytes-text.ts";
import { formatCount } from "../../../../../ui/counted.ts";

/** How much goes: "1.2 GiB: 34 bundles with 1,203 files of 30 releases"; "nothing" where nothing does. */
export function describeTotals({ bundles, releases, files, bytes }: RetentionTotalsView): string {
  if (bundles + files === 0) return "nothing";
  const parts = [...(bundles > 0 ? [formatCount(bundles, "bundle")] : []), formatCount(files, "file")];
  return `${formatBytes(bytes)}: ${parts.join(" with ")}${releases > 0 ? ` of ${formatCount(releases, "release")}` : ""}`;
}
