import type { Store } from "./store.ts";
import { StoreError } from "./store-error.ts";

/** A store whose transactions throw `read_only`. */
export const readOnly = (store: Omit<Store, "transaction" | "checkWritable">): Store => ({
  ...store,
  transaction: () => Promise.reject(readOnlyError()),
  checkWritable: () => Promise.reject(readOnlyError()),
});

const readOnlyError = () => new StoreError("read_only", "The database was opened for reading only.");
