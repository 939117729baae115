/** Pseudorandom choices, which are the same in every run for one seed. */
export interface SeededRandom {
  /** Returns true with a probability of 0 to 1. */
  chance(probability: number): boolean;
  /** Returns a whole number from `from` up to and including `to`. */
  whole(from: number, to: number): number;
  /** Returns an item of a list. Throws for an empty list. */
  pick<T>(list: readonly T[]): T;
  /** Returns an item with a probability in proportion to its weight. Throws for an empty list. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  hex(length: number): string;
  /** Returns independent choices for a part of a plan, so that changes in one part do not affect others. */
  of(name: string | number): SeededRandom;
}

/** Creates the choices for a seed (mulberry32 with the FNV-1a hash of the seed). */
export function seededRandom(seed: string): SeededRandom {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    chance: (probability) => next() < probability,
    whole,
    pick: (list) => first(list.slice(Math.floor(next() * list.length))),
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      const found = list.find(([, weight]) => (left -= weight) < 0);
      // A rounding error may leave a rest, which counts for the last item.
      return (found ?? first(list.slice(-1)))[0];
    },
    hex: (length) => Array.from({ length }, () => whole(0, 15).toString(16)).join(""),
    of: (name) => seededRandom(`${seed}/${name}`),
  };
}

function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error("there is nothing to choose from");
  return one;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
