import type { SourceMap } from "./parse-source-map.ts";

/**
 * Keeps the source maps that were used last, up to a weight, so that a thousand frames of one file parse its map once. Who asks for a map
 * that is being read waits for the same reading. A failure is not kept.
 */
export class MapCache {
  readonly #maxWeight: number;
  /** The first is the one that was used longest ago. */
  readonly #kept = new Map<string, { readonly map: Promise<SourceMap>; weight: number }>();
  #weight = 0;

  /** `maxWeight` in bytes of memory. A map heavier than all of it is used and not kept. */
  constructor(maxWeight: number = 256 * 1024 * 1024) {
    this.#maxWeight = maxWeight;
  }

  /** The map of this key, by `load` when it is not kept. Throws what `load` throws. */
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

  /** How many maps are kept or being read. */
  get size(): number {
    return this.#kept.size;
  }

  #weigh(entry: { weight: number }, weight: number): void {
    entry.weight = weight;
    this.#weight += weight;
    for (const [key, oldest] of this.#kept) {
      if (this.#weight <= this.#maxWeight) return;
      // One that is still being read weighs nothing yet, and somebody waits for it.
      if (oldest.weight === 0) continue;
      this.#kept.delete(key);
      this.#weight -= oldest.weight;
    }
  }
}
