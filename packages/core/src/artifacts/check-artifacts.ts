import { createHash } from "node:crypto";
import { type BlobStore, sha256OfName, type StoredBlob } from "@landfall/db/blobs/blob-store";
import { asc, gt } from "drizzle-orm";
import type { App } from "../app.ts";
import { findStrays, GRACE } from "./sweep-artifacts.ts";

const ROWS_AT_ONCE = 5000;

/**
 * What is wrong with the blobs, one sentence each; nothing when all is well. Rows without bytes, bytes without a row (from more than a day
 * ago: younger ones may be on their way), and sizes that differ; with `contents` also bytes that do not have their checksum, which reads
 * every one of them.
 */
export async function checkArtifacts(
  { store, blobs, now }: Pick<App, "store" | "blobs" | "now">,
  { contents }: { readonly contents: boolean },
): Promise<string[]> {
  const problems: string[] = [];
  const there = new Map<string, StoredBlob>();
  for await (const blob of blobs.list()) there.set(blob.name, blob);
  const { blobs: table } = store.read.tables;
  for (let after = 0, more = true; more;) {
    const rows = await store.read.select().from(table).where(gt(table.id, after)).orderBy(asc(table.id)).limit(ROWS_AT_ONCE);
    for (const { name, size } of rows) {
      const found = there.get(name);
      if (!found) problems.push(`The blob ${name} is missing, though artifacts refer to it.`);
      else if (found.size !== size) problems.push(`The blob ${name} has ${found.size} bytes in place of ${size}.`);
      else if (contents && !(await isWhole(blobs, name))) problems.push(`The blob ${name} does not hold what its name says.`);
    }
    after = rows.at(-1)?.id ?? 0;
    more = rows.length === ROWS_AT_ONCE;
  }
  const strays = await findStrays({ store, blobs }, new Date(now().getTime() - GRACE));
  for (const name of strays) problems.push(`Nothing refers to the blob ${name}; a server removes it within an hour.`);
  return problems;
}

async function isWhole(blobs: BlobStore, name: string): Promise<boolean> {
  const hash = createHash("sha256");
  for await (const part of blobs.read(name)) hash.update(part);
  return hash.digest("hex") === sha256OfName(name);
}
