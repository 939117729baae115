import { describe, expect, it } from "vitest";
import { type CpuProfile, hotSpots } from "./hot-spots.ts";

const node = (id: number, functionName: string, url: string, lineNumber: number, children: number[] = []) => ({
  id,
  callFrame: { functionName, url, lineNumber },
  children,
});

/** main calls read (which calls itself) and write; nothing runs for 400 of 1,400 microseconds. */
const profile: CpuProfile = {
  nodes: [
    node(1, "(root)", "", -1, [2, 6, 7]),
    node(2, "main", "file:///home/x/landfall/apps/web/server.ts", 0, [3, 5]),
    node(3, "read", "file:///home/x/landfall/packages/core/src/read.ts", 9, [4]),
    node(4, "read", "file:///home/x/landfall/packages/core/src/read.ts", 9),
    node(5, "", "file:///home/x/landfall/node_modules/.pnpm/hono@4/node_modules/hono/dist/hono.js", 41),
    node(6, "(idle)", "", -1),
    node(7, "(garbage collector)", "", -1),
  ],
  samples: [2, 3, 4, 5, 6, 7],
  timeDeltas: [100, 200, 300, 250, 400, 150],
};

describe("hotSpots", () => {
  it("assigns the busy time to functions", () => {
    expect(hotSpots(profile, { by: "self" }).map(({ name, place, self }) => [name, place, self])).toEqual([
      ["read", "packages/core/src/read.ts:10", 0.5],
      ["(anonymous)", "hono/dist/hono.js:42", 0.25],
      ["(garbage collector)", "", 0.15],
      ["main", "apps/web/server.ts:1", 0.1],
      ["(root)", "", 0],
    ]);
  });

  it("includes called functions in the total, and counts recursion once", () => {
    expect(hotSpots(profile, { by: "total" }).map(({ name, total }) => [name, total])).toEqual([
      ["(root)", 1],
      ["main", 0.85],
      ["read", 0.5],
      ["(anonymous)", 0.25],
      ["(garbage collector)", 0.15],
    ]);
  });

  it("skips the beginning", () => {
    expect(hotSpots(profile, { by: "self", from: 600 }).map(({ name, self }) => [name, self])).toEqual([
      ["(anonymous)", 0.625],
      ["(garbage collector)", 0.375],
      ["main", 0],
      ["(root)", 0],
    ]);
  });

  it("is empty for an idle process", () => {
    expect(hotSpots({ nodes: profile.nodes, samples: [6], timeDeltas: [5000] }, { by: "self" })).toEqual([]);
  });
});
