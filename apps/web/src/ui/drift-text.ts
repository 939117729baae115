import type { DriftView } from "@landfall/schema/releases/board";
import { formatCount } from "./format.ts";

/** Describes how far the next environment is behind or ahead, in short ("↓12") and long form; null if both have the same version. */
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
  const distance = `${more}${count}${days > 0 ? `, ${formatCount(days, "day")}` : ""}`;
  const arrow = state === "behind" ? "↓" : "↑";
  return {
    short: `${arrow}${commits > 0 ? commits : releases}${isCapped ? "+" : ""}`,
    long: state === "behind" ? `${environment} is ${distance} behind` : `${environment} is ${distance} ahead`,
  };
}
