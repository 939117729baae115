import { describe, expect, it } from "vitest";
import { MapCache } from "./map-cache.ts";
import { parseSourceMap, type SourceMap } from "./parse-source-map.ts";

const map: SourceMap = parseSourceMap('{"version":3,"sources":[],"names":[],"mappings":""}');

function counted(cache: MapCache) {
  const loads: string[] = [];
  const get = (key: string, weight = 10) =>
    cache.get(key, async () => {
      loads.push(key);
      await Promise.resolve();
      if (weight < 0) throw new Error(`no ${key}`);
      return { ...map, weight };
    });
  return { loads, get };
}

describe("a cache of maps", () => {
  it("loads a map once for all callers, also concurrent ones", async () => {
    const { loads, get } = counted(new MapCache(100));
    const [first, second] = await Promise.all([get("a"), get("a")]);
    expect(first).toBe(second);
    expect(await get("a")).toBe(first);
    expect(loads).toEqual(["a"]);
  });

  it("evicts the least recently used map when the weight exceeds the limit", async () => {
    const { loads, get } = counted(new MapCache(25));
    for (const key of ["a", "b", "a", "c", "a", "b"]) await get(key);
    expect(loads).toEqual(["a", "b", "c", "b"]);
  });

  it("caches neither a map heavier than the limit, which evicts no other, nor a failure", async () => {
    const cache = new MapCache(25);
    const { loads, get } = counted(cache);
    await get("small");
    await get("huge", 1000);
    expect(cache.size).toBe(1);
    await expect(get("bad", -1)).rejects.toThrow("no bad");
    await expect(Promise.all([get("bad", -1), get("bad", -1)])).rejects.toThrow("no bad");
    expect(cache.size).toBe(1);
    await get("small");
    expect(loads).toEqual(["small", "huge", "bad", "bad"]);
  });

  it("stays within the limit when maps are loaded concurrently", async () => {
    const cache = new MapCache(35);
    const { get } = counted(cache);
    await Promise.all(Array.from({ length: 20 }, (_, index) => get(`${index}`)));
    expect(cache.size).toBe(3);
  });
});
