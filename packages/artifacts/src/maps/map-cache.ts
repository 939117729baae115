import { LRUCache } from "lru-cache";
import type { SourceMap } from "./parse-source-map.ts";

/**
 * Caches the most recently used source maps up to a weight, so that a thousand frames of one file parse its map once. Concurrent calls for the
 * same map share one load. Failures are not cached.
 */
export class MapCache {
  readonly #maps: LRUCache<string, SourceMap>;
  readonly #loading = new Map<string, Promise<SourceMap>>();

  /** `maxWeight` is in bytes of memory. A heavier map is returned, but not cached. */
  constructor(maxWeight: number = 256 * 1024 * 1024) {
    this.#maps = new LRUCache({ maxSize: maxWeight, sizeCalculation: ({ weight }) => Math.max(1, weight) });
  }

  /** Returns the map of a key; calls `load` if it is not cached. Throws what `load` throws. */
  async get(key: string, load: () => Promise<SourceMap>): Promise<SourceMap> {
    const cached = this.#maps.get(key);
    if (cached) return cached;
    const loading = this.#loading.get(key);
    if (loading) return loading;
    const started = this.#load(key, load);
    this.#loading.set(key, started);
    return started;
  }

  /** The number of maps that are cached or being loaded. */
  get size(): number {
    return this.#maps.size + this.#loading.size;
  }

  async #load(key: string, load: () => Promise<SourceMap>): Promise<SourceMap> {
    try {
      const map = await Promise.try(load);
      this.#maps.set(key, map);
      return map;
    } finally {
      this.#loading.delete(key);
    }
  }
}
