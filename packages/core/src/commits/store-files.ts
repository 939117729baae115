import { jsonRows } from "@landfall/db/json-rows";
import { prepared } from "@landfall/db/prepared";
import type { Tx } from "@landfall/db/store";

export type FileChange = { readonly commitId: number; readonly path: string; readonly type: string };

/** Stores which files commits changed; a path a commit has already is left as it is (contract 14.5). */
export async function storeFiles(tx: Tx, changes: readonly FileChange[]): Promise<void> {
  if (changes.length > 0) await insertFiles(tx, { rows: rowsOf(tx).encode(changes) });
}

const rowsOf = (tx: Tx) => jsonRows(tx, tx.tables.commitFiles, ["commitId", "path", "type"]);

const insertFiles = prepared((tx: Tx) => tx.insert(tx.tables.commitFiles).select(rowsOf(tx).select).onConflictDoNothing().prepare());
