import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect, it } from "vitest";
import { largeMap } from "./large-map.ts";

it("creates a map of about 4 MiB with positions throughout its sources", () => {
  const { text, positions } = largeMap(1000);
  expect(Buffer.byteLength(text) / 1024 ** 2).toBeCloseTo(4, 0);
  const map = new TraceMap(text);
  const found = positions.map((position) => originalPositionFor(map, position));
  expect(found).toHaveLength(1000);
  expect(new Set(found.map(({ source }) => source)).size).toBe(map.sources.length);
  for (const { source, line } of found) {
    const content = map.sourcesContent?.[map.resolvedSources.indexOf(source ?? "")] ?? "";
    expect(content.split("\n")[(line ?? 0) - 1]).toMatch(/^ {2}const value\d+/);
  }
});
