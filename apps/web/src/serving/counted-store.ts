import type { Store } from "@landfall/db/store";
import type { Metrics } from "./metrics.ts";

/** The store, with its transactions counted. */
export const withTransactionMetrics = (store: Store, { transaction: count }: Pick<Metrics, "transaction">): Store => ({
  ...store,
  async transaction(work) {
    try {
      const value = await store.transaction(work);
      count("committed");
      return value;
    } catch (error) {
      count("failed");
      throw error;
    }
  },
});
