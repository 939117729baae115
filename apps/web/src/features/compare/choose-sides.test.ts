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

function row(slug: string, ...drifts: (Pick<DriftView, "environment" | "commits"> | null)[]): BoardRowView {
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

test("returns environments that are behind, those furthest behind first", () => {
  const rows = [row("web", null, { environment: "stage-0", commits: 3 }), row("api", { environment: "canary", commits: 40 }), row("idle")];
  expect(differingEnvironments(rows)).toEqual([
    { project: "api", base: "stage-0", head: "canary", drift: "40 commits behind", commits: 40 },
    { project: "web", base: "stage-1", head: "stage-0", drift: "3 commits behind", commits: 3 },
  ]);
});
