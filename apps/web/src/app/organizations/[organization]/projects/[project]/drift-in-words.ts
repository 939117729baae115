import type { DriftView } from "@landfall/schema/views/board";

/** How far the next environment is from one: "production is 3 releases, 5 d behind". */
export function describeReleaseDrift({ environment, state, releases, isCapped, days }: DriftView): string {
  if (state === "same") return `the same in ${environment}`;
  const many = `${releases.toLocaleString("en")}${isCapped ? "+" : ""} ${releases === 1 ? "release" : "releases"}`;
  const time = days === 0 ? "" : `, ${days} d`;
  return `${environment} is ${many}${time} ${state === "behind" ? "behind" : "ahead"}`;
}
