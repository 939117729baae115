import { priceOf } from "./prices.js";

/** What all items of a cart cost together. */
export function totalOf(cart) {
  let total = 0;
  for (const item of cart) {
    total += priceOf(item);
  }
  return total;
}

/** What there is to pay, as text. */
export const bill = (cart) => `${totalOf(cart)} coins`;
