import type { RetentionTotalsView } from "@landfall/schema/views/retention";
import { bytesText } from "../../../../../ui/bytes-text.ts";
import { counted } from "../../../../../ui/counted.ts";

/** How much goes: "1.2 GiB: 34 bundles with 1,203 files of 30 releases"; "nothing" where nothing does. */
export function totalsWords({ bundles, releases, files, bytes }: RetentionTotalsView): string {
  if (bundles + files === 0) return "nothing";
  const parts = [...(bundles > 0 ? [counted(bundles, "bundle")] : []), counted(files, "file")];
  return `${bytesText(bytes)}: ${parts.join(" with ")}${releases > 0 ? ` of ${counted(releases, "release")}` : ""}`;
}
