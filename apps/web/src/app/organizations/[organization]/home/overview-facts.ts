import type { OverviewView } from "@landfall/schema/views/overview";
import { counted } from "../../../../ui/counted.ts";

/** The counts of an organization in one line. */
export function overviewFacts({ projects, environments, releases, deploys }: OverviewView["counts"]): string {
  return [
    counted(projects, "project"),
    counted(environments, "environment"),
    capped(releases, "release"),
    `${capped(deploys, "deploy")} in 7 days`,
  ].join(" · ");
}

const capped = ({ count, isCapped }: { readonly count: number; readonly isCapped: boolean }, what: string): string =>
  isCapped ? `more than ${counted(count, what)}` : counted(count, what);
