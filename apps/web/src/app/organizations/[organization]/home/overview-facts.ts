import type { OverviewView } from "@landfall/schema/views/overview";
import { formatCount } from "../../../../ui/counted.ts";

/** The counts of an organization in one line. */
export function overviewSummary({ projects, environments, releases, deploys }: OverviewView["counts"]): string {
  return [
    formatCount(projects, "project"),
    formatCount(environments, "environment"),
    cappedCount(releases, "release"),
    `${cappedCount(deploys, "deploy")} in 7 days`,
  ].join(" · ");
}

const cappedCount = ({ count, isCapped }: { readonly count: number; readonly isCapped: boolean }, what: string): string =>
  isCapped ? `more than ${formatCount(count, what)}` : formatCount(count, what);
