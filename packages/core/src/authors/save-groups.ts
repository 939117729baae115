import { chunked } from "@landfall/db/chunked";
import type { Tx } from "@landfall/db/store";
import { sql } from "drizzle-orm";
import { ensureAuthors } from "../commits/ensure-authors.ts";
import type { AuthorChange } from "./author-groups.ts";

/** Stores what was changed about authors. A few statements for hundreds of changes. */
export async function storeAuthorChanges(tx: Tx, organizationId: number, changes: readonly AuthorChange[]): Promise<void> {
  const mains = changes.flatMap(({ after }) => after.into ?? []);
  const made = changes.flatMap(({ email, before }) => (before === null ? [email] : []));
  const ids = await ensureAuthors(tx, { organizationId, reach: { all: true } }, new Map([...mains, ...made].map((email) => [email, null])));
  const rows = changes.map(({ email, before, after }) => ({
    organizationId,
    email,
    // A name that stays may have been replaced since it was read.
    name: before?.name === after.name ? null : after.name,
    mergedInto: after.into === null ? null : (ids.get(after.into) ?? null),
  }));
  const { commitAuthors } = tx.tables;
  for (const part of chunked(rows)) {
    await tx
      .insert(commitAuthors)
      .values(part)
      .onConflictDoUpdate({
        target: [commitAuthors.organizationId, commitAuthors.email],
        set: { name: sql`coalesce(excluded.name, ${commitAuthors.name})`, mergedInto: sql`excluded.merged_into` },
      });
  }
}
