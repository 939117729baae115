/** Splits a list into parts that weigh no more than `most` together; what weighs more by itself is a part of its own. */
export function splitByWeight<T>(items: readonly T[], weightOf: (item: T) => number, most: number): T[][] {
  const parts: T[][] = [];
  let weight = 0;
  for (const item of items) {
    const last = parts.at(-1);
    weight += weightOf(item);
    if (last && weight <= most) {
      last.push(item);
      continue;
    }
    parts.push([item]);
    weight = weightOf(item);
  }
  return parts;
}
