import type { Store, Tx } from "@landfall/db/store";

/**
 * The store, in which every transaction does its work, answers, and is then undone: many calls can be tried on one world, each as if
 * it were the first. What a transaction promised to do after its commit is not done.
 */
export function undoingStore(store: Store): Store {
  const transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const answered: T[] = [];
    const undone = new Error("undone");
    try {
      await store.transaction(async (tx) => {
        answered.push(await work(tx));
        throw undone;
      });
    } catch (error) {
      if (error !== undone) throw error;
    }
    return lastOf(answered);
  };
  return { ...store, transaction };
}

/** Nothing answered would have thrown, so there is one; an answer of undefined is one too, which the cast says. */
const lastOf = <T>(answered: readonly T[]): T => answered.at(-1) as T;
