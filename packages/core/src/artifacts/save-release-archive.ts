import { jsonRows } from "@landfall/db/json-rows";
import { prepared } from "@landfall/db/prepared";
import type { AssemblyRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { and, eq, ne, notExists, sql } from "drizzle-orm";
import { fileIdent } from "./artifact-keys.ts";
import { AssemblyProblem } from "./assembly-problem.ts";
import { placeOf } from "./place-of.ts";
import type { Member } from "./read-release-archive.ts";

export type ReadArchive = { readonly row: AssemblyRow; readonly members: readonly Member[]; readonly blobId: number; readonly now: Date };

/**
 * Stores a release's archive; its members stand among the release's files, in place of members of earlier archives with the same name and
 * dist. Answers its row's id.
 */
export async function saveReleaseArchive(tx: Tx, { row, members, blobId, now }: ReadArchive): Promise<number> {
  const { releases, releaseArchives } = tx.tables;
  const releaseId = row.releaseId ?? 0;
  const [release] = await tx
    .select({ id: releases.id })
    .from(releases)
    .where(and(eq(releases.id, releaseId), eq(releases.organizationId, row.organizationId)));
  if (!release) throw new AssemblyProblem("The release was deleted meanwhile.");
  const [archive] = await tx
    .insert(releaseArchives)
    .values({ releaseId, blobId, checksum: row.checksum, dateCreated: now })
    .onConflictDoUpdate({ target: [releaseArchives.releaseId, releaseArchives.checksum], set: { dateCreated: now } })
    .returning({ id: releaseArchives.id });
  if (!archive) throw new Error("an archive was not stored");
  await insertMembers(tx, { releaseId, archiveId: archive.id, members, now });
  await removeSuperseded(tx, releaseId, archive.id);
  return archive.id;
}

const ROWS_AT_ONCE = 5000;

type Members = { readonly releaseId: number; readonly archiveId: number; readonly members: readonly Member[]; readonly now: Date };

async function insertMembers(tx: Tx, { releaseId, archiveId, members, now }: Members): Promise<void> {
  for (let start = 0; start < members.length; start += ROWS_AT_ONCE) {
    const rows = members.slice(start, start + ROWS_AT_ONCE).map(({ name, dist, sha1, file: { headers, entry } }) => ({
      releaseId,
      name,
      dist,
      ident: fileIdent(name, dist),
      headers,
      size: entry.size,
      sha1,
      blobId: null,
      archiveId,
      place: placeOf(entry),
      isMember: true,
      listDist: dist,
      dateCreated: now,
    }));
    await insertMemberRows(tx, { rows: memberRows(tx).encode(rows) });
  }
}

/** Archives of which nothing is left. */
async function removeSuperseded(tx: Tx, releaseId: number, newest: number): Promise<void> {
  const { releaseArchives, releaseFiles } = tx.tables;
  const left = tx.select({ id: releaseFiles.id }).from(releaseFiles).where(eq(releaseFiles.archiveId, releaseArchives.id));
  await tx.delete(releaseArchives).where(and(eq(releaseArchives.releaseId, releaseId), ne(releaseArchives.id, newest), notExists(left)));
}

const memberRows = (tx: Tx) =>
  jsonRows(tx, tx.tables.releaseFiles, [
    "releaseId",
    "name",
    "dist",
    "ident",
    "headers",
    "size",
    "sha1",
    "blobId",
    "archiveId",
    "place",
    "isMember",
    "listDist",
    "dateCreated",
  ]);

const insertMemberRows = prepared((tx: Tx) => {
  const { releaseFiles } = tx.tables;
  return tx
    .insert(releaseFiles)
    .select(memberRows(tx).select)
    .onConflictDoUpdate({
      target: [releaseFiles.releaseId, releaseFiles.isMember, releaseFiles.ident],
      set: {
        headers: sql`excluded.headers`,
        size: sql`excluded.size`,
        sha1: sql`excluded.sha1`,
        archiveId: sql`excluded.archive_id`,
        place: sql`excluded.place`,
        dateCreated: sql`excluded.date_created`,
      },
    })
    .prepare();
});
