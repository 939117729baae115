/** The minimum, median, and maximum of repeated measurements. */
export type Spread = { readonly min: number; readonly median: number; readonly max: number };

/** Returns the spread of `values`. @throws RangeError if there are none. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const min = sorted.at(0);
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new RangeError("no measurements");
  return { min, median: quantile(sorted, 0.5), max };
}

/** Returns the `q` quantile (0 to 1) of `sorted`, with linear interpolation; NaN without values. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = Math.min(Math.max(q, 0), 1) * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * Returns the spread of the ratios of `values` to `others`, measured in the same rounds. A slow machine affects both values of a round.
 * @throws RangeError if the numbers of rounds differ.
 */
export function ratio(values: readonly number[], others: readonly number[]): Spread {
  if (values.length !== others.length) throw new RangeError(`${values.length} rounds cannot be compared with ${others.length}`);
  return spread(values.map((value, round) => value / (others[round] ?? Number.NaN)));
}
