import { priceOf } from "./prices.js";

const shown = document.querySelector("#shown");
const cart = [
  { name: "bread", count: 2 },
  { name: "honey", count: 1 },
];
shown.textContent = `Tea costs ${priceOf({ name: "tea", count: 1 })} coins.`;

/** Pays for the cart, which cannot work: nobody sells honey. */
export default async function pay() {
  const { bill, totalOf } = await import("./checkout.js");
  shown.textContent = bill(cart.slice(0, 1));
  return totalOf(cart);
}

document.querySelector("#pay").addEventListener("click", pay);
