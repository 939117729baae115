/** What repeated measurements of one thing came to. */
export type Spread = { readonly min: number; readonly median: number; readonly max: number };

/** The smallest, the middle and the largest of `values`; throws when there are none. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const min = sorted.at(0);
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new RangeError("nothing was measured");
  return { min, median: quantile(sorted, 0.5), max };
}

/** The value below which the share `q` (0 to 1) of `sorted` lies, between neighbours in proportion; NaN for no values. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = Math.min(Math.max(q, 0), 1) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * How `values` compare with `others`, measured in the same rounds: the spread of the quotients of each round. A machine that was slow
 * in one round was slow for both. Throws when the rounds do not match.
 */
export function ratio(values: readonly number[], others: readonly number[]): Spread {
  if (values.length !== others.length) throw new RangeError(`${values.length} rounds cannot be compared with ${others.length}`);
  return spread(values.map((value, round) => value / (others[round] ?? Number.NaN)));
}
