const PRICES = new Map([
  ["tea", 3],
  ["bread", 4],
]);

/** What so many of an item cost. */
export function priceOf({ name, count }) {
  const price = PRICES.get(name);
  if (price === undefined) {
    throw new Error(`nobody has set a price for ${name}`);
  }
  return price * count;
}
