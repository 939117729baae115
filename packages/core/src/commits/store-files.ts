import { chunked } from "@landfall/db/chunked";
import type { Tx } from "@landfall/db/store";

export type FileChange = { readonly commitId: number; readonly path: string; readonly type: string };

/** Stores which files commits changed; a path a commit has already is left as it is (contract 14.5). */
export async function storeFiles(tx: Tx, changes: readonly FileChange[]): Promise<void> {
  for (const rows of chunked(changes)) await tx.insert(tx.tables.commitFiles).values([...rows]).onConflictDoNothing();
}
