import { DAY } from "@landfall/domain/durations";
import { describe, expect, test } from "vitest";
import { timeMarks, versionLanes } from "./version-lanes-chart.tsx";

const day = (date: number) => `2026-01-${String(date).padStart(2, "0")}T00:00:00.000Z`;

const deploy = (
  date: number,
  version: string,
  before: string | null,
  { project = "web", kind = "forward" }: { project?: string; kind?: "first" | "forward" | "again" | "back" } = {},
) => ({ version, kind, dateFinished: day(date), projects: [{ id: project, slug: project, name: project, from: before }] });

const NOW = new Date(day(11));

describe("versionLanes", () => {
  test("each version lasts until the next, the last until now", () => {
    const found = versionLanes([deploy(6, "3", "2"), deploy(1, "2", "1")], NOW, 5);
    expect(found?.from).toEqual(new Date(day(1)));
    expect(found?.lanes).toEqual([
      {
        project: "web",
        spans: [
          { version: "2", start: 0, end: 0.5, duration: 5 * DAY, state: "past" },
          { version: "3", start: 0.5, end: 1, duration: 5 * DAY, state: "now" },
        ],
      },
    ]);
  });

  test("starts with the version before the first deploy, if there was one", () => {
    const found = versionLanes(
      [deploy(6, "api@2", "api@1", { project: "api" }), deploy(3, "docs-1", null, { project: "docs", kind: "first" }), deploy(1, "2", "1")],
      NOW,
      5,
    );
    const startsOf = (project: string) =>
      found?.lanes.find((lane) => lane.project === project)?.spans.map(({ version, start }) => [version, start]);
    expect(startsOf("api")).toEqual([
      ["api@1", 0],
      ["api@2", 0.5],
    ]);
    expect(startsOf("docs")).toEqual([["docs-1", 0.2]]);
  });

  test("marks rolled back and restored versions, and continues a version that is redeployed", () => {
    const found = versionLanes(
      [
        deploy(9, "4", "2"),
        deploy(6, "2", "2", { kind: "again" }),
        deploy(4, "2", "3", { kind: "back" }),
        deploy(3, "3", "2"),
        deploy(1, "2", null, { kind: "first" }),
      ],
      NOW,
      5,
    );
    expect(found?.lanes[0]?.spans.map(({ version, state }) => `${version} ${state}`)).toEqual([
      "2 past",
      "3 rolled-back",
      "2 restored",
      "4 now",
    ]);
  });

  test("shows the projects deployed last, and counts the others", () => {
    const found = versionLanes(
      [deploy(9, "1", null, { project: "z" }), deploy(8, "1", null, { project: "c" }), deploy(7, "1", null, { project: "a" })],
      NOW,
      2,
    );
    expect(found?.lanes.map(({ project }) => project)).toEqual(["c", "z"]);
    expect(found?.omittedProjects).toBe(1);
  });

  test("returns null for one deploy, and for deploys that all finish in the future", () => {
    expect(versionLanes([], NOW, 5)).toBeNull();
    expect(versionLanes([deploy(1, "1", null)], NOW, 5)).toBeNull();
    expect(versionLanes([deploy(20, "2", "1"), deploy(12, "1", null)], NOW, 5)).toBeNull();
  });
});

test("timeMarks returns at most six marks at whole durations before the end", () => {
  const hour = 3_600_000;
  expect(timeMarks(8 * 24 * hour)).toEqual([
    { at: 0.75, before: 2 * 24 * hour },
    { at: 0.5, before: 4 * 24 * hour },
    { at: 0.25, before: 6 * 24 * hour },
  ]);
  expect(timeMarks(3 * hour).map(({ before }) => before / hour)).toEqual([1, 2]);
  for (const range of [1000, hour, 17 * hour, 24 * hour, 100 * 24 * hour, 9000 * 24 * hour])
    expect(timeMarks(range).length).toBeLessThanOrEqual(6);
});
