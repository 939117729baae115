import type { SourceMap } from "./parse-source-map.ts";

/**
 * Caches the most recently used source maps up to a weight, so that a thousand frames of one file parse its map once. Concurrent calls for the
 * same map share one load. Failures are not cached.
 */
export class MapCache {
  readonly #maxWeight: number;
  /** The first entry is the least recently used one. */
  readonly #kept = new Map<string, { readonly map: Promise<SourceMap>; weight: number }>();
  #weight = 0;

  /** `maxWeight` is in bytes of memory. A heavier map is returned, but not cached. */
  constructor(maxWeight: number = 256 * 1024 * 1024) {
    this.#maxWeight = maxWeight;
  }

  /** Returns the map of a key; calls `load` if it is not cached. Throws what `load` throws. */
  async get(key: string, load: () => Promise<SourceMap>): Promise<SourceMap> {
    const found = this.#kept.get(key);
    const entry = found ?? { map: load(), weight: 0 };
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    if (found !== undefined) return found.map;
    try {
      const map = await entry.map;
      if (this.#kept.get(key) === entry) this.#weigh(entry, map.weight);
      return map;
    } catch (error) {
      if (this.#kept.get(key) === entry) this.#kept.delete(key);
      throw error;
    }
  }

  /** The number of maps that are cached or being loaded. */
  get size(): number {
    return this.#kept.size;
  }

  #weigh(entry: { weight: number }, weight: number): void {
    entry.weight = weight;
    this.#weight += weight;
    for (const [key, oldest] of this.#kept) {
      if (this.#weight <= this.#maxWeight) return;
      // A map that is still being loaded has no weight yet, and a caller is waiting for it.
      if (oldest.weight === 0) continue;
      this.#kept.delete(key);
      this.#weight -= oldest.weight;
    }
  }
}
