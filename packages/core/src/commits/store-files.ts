import { jsonRows } from "@landfall/db/json-rows";
import { prepared } from "@landfall/db/prepared";
import type { Tx } from "@landfall/db/store";

export type FileChange = { readonly commitId: number; readonly path: string; readonly type: string };

/** Stores which files commits changed; a path a commit has already is left as it is (contract 14.5). */
export async function storeFiles(tx: Tx, changes: readonly FileChange[]): Promise<void> {
  if (changes.length === 0) return;
  // Writers of the same rows take them in one order: none waits for another that waits for it.
  const inOrder = changes.toSorted((one, other) => one.commitId - other.commitId || comparePaths(one.path, other.path));
  await insertFiles(tx, { rows: fileRows(tx).encode(inOrder) });
}

/** Equal paths stay as sent: the first of them is stored. */
const comparePaths = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

const fileRows = (tx: Tx) => jsonRows(tx, tx.tables.commitFiles, ["commitId", "path", "type"]);

const insertFiles = prepared((tx: Tx) => tx.insert(tx.tables.commitFiles).select(fileRows(tx).select).onConflictDoNothing().prepare());
