import type { Kit } from "./kit.sqlite.ts";

/** The result of the last sweep of the blob store, or why it did not run. */
export type LastSweep = {
  /** ISO 8601. */
  readonly date: string;
  /** Null if the sweep ran. */
  readonly refusal: { readonly reason: string; readonly message: string; readonly isProblem: boolean } | null;
  /** Moved to quarantine by this sweep. */
  readonly quarantined: { readonly count: number; readonly bytes: number };
  /** Deleted permanently by this sweep. */
  readonly deleted: { readonly count: number; readonly bytes: number };
};

/** The identity of this database, and the blobs that it is about to delete from its blob store. */
export function defineStorage(k: Kit) {
  /** One row. The label of the blob store has the same identity, so that another database never deletes from it. */
  const databaseIdentity = k.table(
    "database_identity",
    {
      /** Always 1. */
      id: k.int("id").notNull(),
      identity: k.text("identity").notNull(),
      /** The number of sweeps, which the label also has. A label ahead of the database shows that the database was replaced by an earlier state. */
      generation: k.int("generation").notNull().default(0),
      dateCreated: k.time("date_created").notNull(),
      /** When the blob store was labeled with this identity; null before. */
      dateBound: k.time("date_bound"),
      /** When the database was last replaced by an earlier state of it; null if never. */
      dateRestored: k.time("date_restored"),
      lastSweep: k.json<LastSweep>("last_sweep"),
    },
    (t) => [k.primaryKey({ columns: [t.id] })],
  );

  /** Unreferenced blobs. Their bytes stay in the blob store until they are due. */
  const quarantinedBlobs = k.table(
    "quarantined_blobs",
    {
      name: k.text("name").notNull(),
      size: k.bigint("size").notNull(),
      dateQuarantined: k.time("date_quarantined").notNull(),
      /** When the bytes are deleted; null for blobs that an operator restored, which stay. */
      dateDue: k.time("date_due"),
    },
    (t) => [k.primaryKey({ columns: [t.name] }), k.index("quarantined_blobs_due").on(t.dateDue)],
  );

  return { databaseIdentity, quarantinedBlobs };
}
