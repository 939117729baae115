import { nextTick } from "node:process";
import { StoreError } from "./store-error.ts";

/**
 * Runs `work`, and throws when it had to wait for something that only a later turn of the event loop brings (a timer, a file, a
 * socket). A `nextTick` callback runs exactly when no promise is left to continue; better-sqlite3 answers at once, so a transaction
 * that awaits only its database ends before. To be called from a promise's continuation.
 */
export async function runInOneTick<T>(work: () => Promise<T>): Promise<T> {
  let waited = false;
  nextTick(() => {
    waited = true;
  });
  const value = await work();
  if (!waited) return value;
  throw new StoreError(
    "slow_transaction",
    "A transaction waited for something other than its database, which stops every other write. Do it before transaction(), or in afterCommit().",
  );
}
