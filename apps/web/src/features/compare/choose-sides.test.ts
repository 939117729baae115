import type { BoardRowView, DriftView } from "@landfall/schema/releases/board";
import { expect, test } from "vitest";
import { differingEnvironments } from "./choose-sides.tsx";

const at = "2026-01-02T00:00:00.000Z";

const release = {
  version: "1",
  description: "1",
  package: null,
  status: "open",
  dateCreated: at,
  dateReleased: null,
  commitCount: 0,
  deployCount: 1,
} as const;

function row(slug: string, ...drifts: (Pick<DriftView, "environment" | "state" | "commits"> | null)[]): BoardRowView {
  const cells = drifts.map((drift, index) => ({
    environment: `stage-${index}`,
    release,
    deploy: { id: "1", environment: `stage-${index}`, dateStarted: null, dateFinished: at, name: null, url: null, deployer: null },
    previous: null,
    isRolledBack: false,
    isHidden: false,
    drift: drift && { version: "2", releases: 1, days: 0, isCapped: false, ...drift },
  }));
  return { project: { id: slug, slug, name: slug, platform: null }, cells };
}

test("returns neighboring environments that differ, those furthest apart first", () => {
  const rows = [
    row("web", { environment: "stage-1", state: "behind", commits: 3 }, { environment: "stage-2", state: "same", commits: 0 }, null),
    row("api", { environment: "production", state: "ahead", commits: 40 }),
    row("idle"),
  ];
  expect(differingEnvironments(rows)).toEqual([
    { project: "api", base: "production", head: "stage-0", drift: "production is 40 commits ahead", commits: 40 },
    { project: "web", base: "stage-1", head: "stage-0", drift: "stage-1 is 3 commits behind", commits: 3 },
  ]);
});
