import type { DriftView } from "@landfall/schema/releases/board";
import { formatCount } from "./format.ts";

/** How the next environment stands to this one, in few letters and in words; null where both have the same version. */
export function driftText({
  environment,
  state,
  commits,
  releases,
  days,
  isCapped,
}: DriftView): { readonly short: string; readonly long: string } | null {
  if (state === "same") return null;
  const more = isCapped ? "more than " : "";
  const count = commits > 0 ? formatCount(commits, "commit") : formatCount(releases, "release");
  const apart = `${more}${count}${days > 0 ? `, ${formatCount(days, "day")}` : ""}`;
  const arrow = state === "behind" ? "↓" : "↑";
  return {
    short: `${arrow}${commits > 0 ? commits : releases}${isCapped ? "+" : ""}`,
    long: state === "behind" ? `${environment} is ${apart} behind` : `${environment} is ${apart} ahead`,
  };
}

/** How far the next environment is from one: "production is 3 releases, 5 d behind". */
export function describeReleaseDrift({ environment, state, releases, isCapped, days }: DriftView): string {
  if (state === "same") return `the same in ${environment}`;
  const many = `${releases.toLocaleString("en")}${isCapped ? "+" : ""} ${releases === 1 ? "release" : "releases"}`;
  const time = days === 0 ? "" : `, ${days} d`;
  return `${environment} is ${many}${time} ${state === "behind" ? "behind" : "ahead"}`;
}
