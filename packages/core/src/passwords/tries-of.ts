import type { Store } from "@landfall/db/store";
import { createTryLimit, type TryLimit } from "./try-limit.ts";

const limits = new WeakMap<Store, TryLimit>();

/** The tries at the passwords kept in a store, whoever counts them. */
export function triesOf(store: Store): TryLimit {
  let limit = limits.get(store);
  if (!limit) limits.set(store, (limit = createTryLimit()));
  return limit;
}
