import type { Store } from "./store.ts";
import { StoreError } from "./store-error.ts";

/** A store whose transactions throw `read_only`. */
export const readOnly = (store: Omit<Store, "transaction" | "checkWritable">): Store => ({
  ...store,
  transaction: () => Promise.reject(refusal()),
  checkWritable: () => Promise.reject(refusal()),
});

const refusal = () => new StoreError("read_only", "The database was opened for reading only.");
