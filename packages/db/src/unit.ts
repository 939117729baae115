import { AsyncLocalStorage } from "node:async_hooks";
import type { OnError } from "./store.ts";
import { StoreError } from "./store-error.ts";

/** One transaction's life, as the code inside it sees it. */
interface ActiveTransaction {
  readonly owner: object;
  over: boolean;
  readonly afterCommit: (() => void)[];
}

/** Knows in which transaction of one store the running code is. */
export interface TransactionTracker {
  /** Throws when the caller is inside a transaction already: the inner one would wait for the outer one to end, forever. */
  refuseNesting(): void;
  /** Throws unless the caller is inside the transaction of `owner`, its handle, and that is still open. */
  current(owner: object): ActiveTransaction;
  /** Runs `work` as one transaction, whose handle is `owner`. Its after-commit work is answered with its value, to be run once that is committed. */
  run<T>(owner: object, work: () => Promise<T>): Promise<{ value: T; afterCommit: () => void }>;
}

export function createTransactionTracker(onError: OnError): TransactionTracker {
  const running = new AsyncLocalStorage<ActiveTransaction>();
  return {
    refuseNesting() {
      if (running.getStore()?.over === false) {
        throw new StoreError(
          "nested_transaction",
          "transaction() was called inside a transaction. Pass the open transaction on, or use afterCommit().",
        );
      }
    },
    current(owner) {
      const unit = running.getStore();
      if (unit?.owner === owner && !unit.over) return unit;
      throw new StoreError(
        "transaction_over",
        "A transaction was used outside of its work. Await everything inside transaction(), and keep no reference to it.",
      );
    },
    async run(owner, work) {
      const unit: ActiveTransaction = { owner, over: false, afterCommit: [] };
      try {
        const value = await running.run(unit, work);
        return { value, afterCommit: () => runAll(unit.afterCommit, onError) };
      } finally {
        unit.over = true;
      }
    },
  };
}

function runAll(works: readonly (() => unknown)[], onError: OnError): void {
  const report = (error: unknown): void => {
    try {
      onError(error, "after-commit work");
    } catch {
      // The transaction is committed, whoever waits for it is told so, and a reporter that fails has nobody to report to.
    }
  };
  for (const work of works) {
    try {
      const result = work();
      if (result instanceof Promise) result.catch(report);
    } catch (error) {
      report(error);
    }
  }
}
