import { DAY, HOUR } from "@landfall/domain/durations";
import type { StoredBlob } from "@landfall/db/blobs/blob-store";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { DatabaseIdentityRow } from "@landfall/db/tables/schema";
import type { App } from "../../kernel/app.ts";
import { type BlobAmount, type BlobReference, countBlob } from "./blobs.ts";
import { findIdentity, firstUseDate, type Label, readLabel } from "./database-identity.ts";
import { ROWS_PER_STATEMENT } from "./id-ranges.ts";

/** How long blobs without a row are kept, in milliseconds: an upload may be about to insert the row. */
export const GRACE_PERIOD = DAY;

/** Crashed uploads do not leave more than this share of unknown blobs. With more, the database or the blob store is probably the wrong one. */
const MAX_STRAY_SHARE = 0.2;

/** This many unknown blobs and bytes are tolerated regardless of their share, because a few interrupted uploads leave them. */
const FEW_STRAYS = { count: 100, bytes: 256 * 1024 * 1024 };

/** The most names that one inspection returns; the next one finds the others. */
const MAX_NAMES = 10_000;

/** The most that the clocks of a database server and of an object storage may differ, in milliseconds. */
const CLOCK_TOLERANCE = HOUR;

/** How long another database counts as a user of the same store after it was last seen, in milliseconds. */
const OTHER_DATABASE_PERIOD = 7 * GRACE_PERIOD;

/** Blobs without a row, except those in quarantine. */
type Strays = BlobAmount & {
  /** Strays that are old enough to be deleted, with the names of at most 10,000 of them. */
  readonly old: BlobAmount & { readonly blobs: readonly BlobReference[] };
  /** How many are older than the database. */
  readonly olderThanDatabase: number;
};

export type Inspection = {
  readonly label: Label | "unreadable" | null;
  readonly row: DatabaseIdentityRow | null;
  readonly all: BlobAmount;
  readonly strays: Strays;
};

/** The reason why no blob may be deleted. */
export type SweepRefusal = {
  readonly reason:
    | "other_database"
    | "shared"
    | "unreadable_label"
    | "went_back"
    | "older_than_database"
    | "many_strays"
    | "new"
    | "restored";
  /** Sentences for the operator: the reason, and what to do about a problem. */
  readonly message: string;
  /** False for a pause that ends by itself. */
  readonly isProblem: boolean;
};

/**
 * Compares the blob store with the database. Lists all blobs and changes nothing. A stray is old if it was stored before `before` (in
 * milliseconds since 1970), by default a day ago.
 */
export async function inspectBlobStore(
  { store, blobs, now }: Pick<App, "store" | "blobs" | "now">,
  { before = now().getTime() - GRACE_PERIOD }: { readonly before?: number } = {},
): Promise<Inspection> {
  // The label is read first: the generation in the row is never lower than that of the label.
  const label = await readLabel(blobs);
  const row = await findIdentity(store.read);
  const databaseDate = (row?.dateCreated ?? (await firstUseDate(store.read, now()))).getTime() - CLOCK_TOLERANCE;
  const all = { count: 0, bytes: 0 };
  const strays = { count: 0, bytes: 0, olderThanDatabase: 0 };
  const old = { count: 0, bytes: 0 };
  const names: BlobReference[] = [];
  const inspect = async (batch: readonly StoredBlob[]) => {
    const known = await findKnownNames(
      store.read,
      batch.map(({ name }) => name),
    );
    for (const { name, size, date } of batch) {
      countBlob(all, { size });
      if (known.has(name)) continue;
      countBlob(strays, { size });
      if (date.getTime() < databaseDate) strays.olderThanDatabase += 1;
      if (date.getTime() >= before) continue;
      countBlob(old, { size });
      if (names.length < MAX_NAMES) names.push({ name, size });
    }
  };
  let batch: StoredBlob[] = [];
  for await (const blob of blobs.list()) {
    batch.push(blob);
    if (batch.length < ROWS_PER_STATEMENT) continue;
    await inspect(batch);
    batch = [];
  }
  if (batch.length > 0) await inspect(batch);
  return { label, row, all, strays: { ...strays, old: { ...old, blobs: names } } };
}

/** Returns why nothing may be deleted from the blob store; null if blobs may be deleted. */
export const sweepRefusal = (found: Inspection, now: Date): SweepRefusal | null =>
  labelRefusal(found, now) ?? strayRefusal(found) ?? pauseRefusal(found, now);

/** The part of `sweepRefusal` that needs no list of the blobs. */
export function labelRefusal({ label, row }: Pick<Inspection, "label" | "row">, now: Date): SweepRefusal | null {
  if (label === null) return null;
  if (label === "unreadable") return problem("unreadable_label", "The label of the artifact store cannot be read.");
  if (label.identity !== row?.identity) return problem("other_database", "The artifact store belongs to another database.");
  if (isShared(label, now)) return problem("shared", "Another database uses the same artifact store.");
  if (label.generation > row.generation) return pause("went_back", "The database was replaced by an earlier state of it.");
  return null;
}

/** Whether another database used the store within the last week. */
export const isShared = ({ others }: Label, now: Date): boolean =>
  Object.values(others).some((seen) => now.getTime() - Date.parse(seen) < OTHER_DATABASE_PERIOD);

/** A store without a label may belong to any database, so recent strays count there too. */
function strayRefusal({ label, all, strays }: Pick<Inspection, "label" | "all" | "strays">): SweepRefusal | null {
  if (strays.olderThanDatabase > 0) {
    const which = `${strays.olderThanDatabase} of ${all.count} artifact blobs are`;
    return problem("older_than_database", `${which} older than this database, which does not know them.`);
  }
  const { count, bytes } = label === null ? strays : strays.old;
  const areMany = count > all.count * MAX_STRAY_SHARE || bytes > all.bytes * MAX_STRAY_SHARE;
  const areFew = label !== null && count <= FEW_STRAYS.count && bytes <= FEW_STRAYS.bytes;
  if (!areMany || areFew) return null;
  return problem("many_strays", `${count} of ${all.count} artifact blobs (${bytes} of ${all.bytes} bytes) are unknown to this database.`);
}

function pauseRefusal({ row }: Pick<Inspection, "row">, now: Date): SweepRefusal | null {
  const isRecent = (date: Date | null): boolean => date !== null && now.getTime() - date.getTime() < GRACE_PERIOD;
  if (row && isRecent(row.dateRestored)) return pause("restored", "The database was restored less than a day ago.");
  if (!row?.dateBound || isRecent(row.dateBound))
    return pause("new", "The artifact store was first used with this database less than a day ago.");
  return null;
}

const problem = (reason: SweepRefusal["reason"], message: string): SweepRefusal => ({
  reason,
  message: `${message} Nothing is deleted from the artifact store. Check the settings of the database and of the data directory or bucket; if they are right, run: npm run admin -- artifacts adopt`,
  isProblem: true,
});

const pause = (reason: SweepRefusal["reason"], message: string): SweepRefusal => ({ reason, message, isProblem: false });

/** Returns those names that have a row, as a blob or in quarantine. */
async function findKnownNames(db: Reader, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = [...(await selectBlobNames(db, { names })), ...(await selectQuarantinedNames(db, { names }))];
  return new Set(rows.map(({ name }) => name));
}

const selectBlobNames = prepared((db: Reader, param: { names: readonly string[] }) => {
  const { blobs } = db.tables;
  return db.select({ name: blobs.name }).from(blobs).where(anyOf(blobs.name, param.names)).prepare();
});

const selectQuarantinedNames = prepared((db: Reader, param: { names: readonly string[] }) => {
  const { quarantinedBlobs } = db.tables;
  return db.select({ name: quarantinedBlobs.name }).from(quarantinedBlobs).where(anyOf(quarantinedBlobs.name, param.names)).prepare();
});
