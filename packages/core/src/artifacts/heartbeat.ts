import type { AssemblyServices } from "./run-assembly.ts";
import { LEASE } from "./claim-assembly.ts";
import { eq } from "drizzle-orm";

/** A function to be called now and then during long work; it notes that the work goes on, not more often than needed. */
export function createHeartbeat({ store, now }: Pick<AssemblyServices, "store" | "now">, assemblyId: number): () => Promise<void> {
  let last = now().getTime();
  return async () => {
    const time = now();
    if (time.getTime() - last < LEASE / 4) return;
    last = time.getTime();
    await store.transaction(async (tx) => {
      const { assemblies } = tx.tables;
      await tx.update(assemblies).set({ dateUpdated: time }).where(eq(assemblies.id, assemblyId));
    });
  };
}
