import type { Dialect, OnError, Store } from "@landfall/db/store";

/** A fresh store with the shipped schema and no rows. */
export interface TestStore {
  readonly store: Store;
  readonly dialect: Dialect;
  /** Closes the store and removes what it kept. */
  readonly close: () => Promise<void>;
}

export type OpenTestStore = (options?: { readonly onError?: OnError }) => Promise<TestStore>;
