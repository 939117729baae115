import { formatRelease } from "../versions/release-name.ts";
import type { DriftView } from "@landfall/schema/releases/board";
import { formatCount } from "../format.ts";

/**
 * Describes how far an environment is behind: in short ("12 commits, 3 d behind"), with the environment that is ahead ("production is 12
 * commits and 3 days behind staging"), and also with the release that runs there.
 */
export function driftText(
  { environment: ahead, version, commits, releases, days, isCapped }: DriftView,
  environment: string,
): { readonly short: string; readonly behind: string; readonly long: string } {
  const more = isCapped ? "more than " : "";
  const count = commits > 0 ? formatCount(commits, "commit") : formatCount(releases, "release");
  const behind = `${environment} is ${more}${count}${days > 0 ? ` and ${formatCount(days, "day")}` : ""} behind ${ahead}`;
  return {
    short: `${isCapped ? "> " : ""}${count}${days > 0 ? `, ${days} d` : ""} behind`,
    behind,
    long: `${behind}, which has ${formatRelease(version)}`,
  };
}

const RECENT_DAYS = 2;
const OLD_DAYS = 14;

/** How old a drift is, for its color: "new" for less than two days, "old" from two weeks. */
export const driftAge = ({ days }: Pick<DriftView, "days">): "new" | "recent" | "old" =>
  days < RECENT_DAYS ? "new" : days < OLD_DAYS ? "recent" : "old";
