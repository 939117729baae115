import { MapCache } from "@landfall/artifacts/maps/map-cache";
import { mappedRelease } from "@landfall/testing/artifacts/upload-artifacts";
import { describe, expect, test } from "vitest";
import { openShop, organization } from "../../test/source-maps.ts";
import { inProcessMapReader, type MapReader, sharedReader } from "./map-reader.ts";

const MAP = JSON.stringify({ version: 3, sources: ["a.ts"], sourcesContent: ["x"], names: [], mappings: "AAAA" });

/** Returns the bytes of a text, and counts how often they are fetched. */
function counted(key: string, text: string) {
  const counter = { key, times: 0, isInline: false, bytes: () => Promise.resolve(new Uint8Array(Buffer.from(text))) };
  return Object.assign(counter, { bytes: () => ((counter.times += 1), Promise.resolve(new Uint8Array(Buffer.from(text)))) });
}

describe("reading source maps", () => {
  test("fetches bytes once, also for concurrent reads of the same map", async () => {
    const reader = inProcessMapReader();
    const map = counted("1", MAP);
    const readings = await Promise.all(Array.from({ length: 10 }, () => reader.resolve(map, [{ line: 1, column: 1 }])));
    expect(readings.map(({ isRead }) => isRead)).toEqual(readings.map(() => true));
    expect(map.times).toBe(1);
  });

  test("caches by content, and caches no failures", async () => {
    const reader = inProcessMapReader(new MapCache(1));
    expect(await reader.resolve(counted("1", "no map"), [])).toMatchObject({ isRead: false });
    expect(await reader.resolve(counted("1", MAP), [])).toMatchObject({ isRead: true });
    await expect(reader.resolve({ key: "2", isInline: false, bytes: () => Promise.reject(new Error("no disk")) }, [])).rejects.toThrow(
      "no disk",
    );
    expect(await reader.resolve(counted("2", MAP), [])).toMatchObject({ isRead: true });
  });

  test("caches the reference of a script, but truncates a long one", async () => {
    const reader = inProcessMapReader();
    const script = counted("1", `//# sourceMappingURL=${"a".repeat(20_000)}`);
    for (let time = 0; time < 3; time += 1) {
      const reading = await reader.readScript(script);
      expect(reading.isRead && reading.reference?.reference.length).toBe(8192);
    }
    expect(script.times).toBe(1);
  });

  test("reads a map of 4 MB once for a thousand frames, and not again for the next thousand", async () => {
    const shop = await openShop();
    const release = { organization, project: "web", version: "1.0", mapBytes: 4 * 1024 * 1024 };
    const { mapBytes, resolve } = await mappedRelease(shop.bench.app, shop.ci, release);
    expect(mapBytes).toBeGreaterThan(4_000_000);
    const inner = inProcessMapReader();
    let [jobs, fetched] = [0, 0];
    const maps: MapReader = {
      ...inner,
      resolve: (map, positions) => {
        jobs += 1;
        return inner.resolve({ ...map, bytes: () => ((fetched += 1), map.bytes()) }, positions);
      },
    };
    const context = { ...shop.owner, maps: sharedReader(maps) };
    for (const times of [1, 2]) {
      expect(await resolve(context, 1000)).toMatchObject({ frames: 1000, resolved: 1000 });
      expect([jobs, fetched]).toEqual([times, 1]);
    }
    await shop.bench.close();
  });
});
