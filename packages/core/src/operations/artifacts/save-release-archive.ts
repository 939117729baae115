import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { showName } from "@landfall/artifacts/archive/bundle-problem";
import { entryChunks } from "@landfall/artifacts/archive/entry-chunks";
import type { RandomAccess } from "@landfall/artifacts/archive/random-access";
import type { Bundle, BundleFile } from "@landfall/artifacts/bundles/open-bundle";
import { anyOf } from "@landfall/db/sql/conditions";
import { jsonRows, type NewRow } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Tx } from "@landfall/db/store";
import type { AssemblyRow, ReleaseRow } from "@landfall/db/tables/schema";
import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { App } from "../../kernel/app.ts";
import { toMemberPlace } from "../../records/artifacts/content.ts";
import { FILES_AT_ONCE, stagedChecksum } from "../../records/artifacts/delete-bundles.ts";
import { fileIdent } from "../../records/artifacts/file-keys.ts";
import { dropEmptyArchives, abandonStagedArchives, isShownFile } from "../../records/artifacts/release-files.ts";
import { DIST_MAX, FILE_NAME_MAX } from "../../records/artifacts/uploads.ts";
import { lockRelease } from "../../records/releases.ts";

/** The prefix of the checksum of an archive that was uploaded again. */
const REPLACED = "replaced ";

export type ReadArchive = { readonly row: AssemblyRow; readonly members: readonly Member[] };

/**
 * Stores a release's archive. Its members become files of the release, and replace members of earlier archives with the same name and dist.
 * Returns the id of its row.
 */
export async function saveReleaseArchive(
  tx: Tx,
  { row, members, blobId, now }: ReadArchive & { readonly blobId: number; readonly now: Date },
): Promise<number> {
  const staged = await beginArchive(tx, { row, blobId, now, checksum: stagedChecksum(row.ident) });
  await insertPart(tx, staged, members, now);
  await tx.delete(tx.tables.releaseFiles).where(eq(tx.tables.releaseFiles.replacedBy, staged.archiveId));
  await showArchive(tx, staged, row.checksum, now);
  return staged.archiveId;
}

/** An archive whose members are being written and are not shown yet. */
type StagedArchive = {
  readonly release: ReleaseRow;
  readonly archiveId: number;
  /** The checksum in the archive's row until it is shown. */
  readonly checksum: string;
};

const MAX_ATTEMPTS = 3;

/**
 * Does what `saveReleaseArchive` does, in several short transactions. The last one shows everything and calls `onVisible`. If it is not
 * reached, `sweepReleaseFiles` deletes what was written; it also deletes the rows of replaced members. `heartbeat` is called before each
 * transaction, and may throw to stop the work.
 */
export async function saveLargeArchive(
  { store, now, randomHex }: Pick<App, "store" | "now" | "randomHex">,
  { row, members, heartbeat }: ReadArchive & { readonly heartbeat: () => Promise<void> },
  { saveBlob, onVisible }: { saveBlob(tx: Tx, now: Date): Promise<number>; onVisible(tx: Tx, archiveId: number, now: Date): Promise<void> },
): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const checksum = stagedChecksum(randomHex(16));
    await heartbeat();
    const staged = await store.transaction(async (tx) =>
      beginArchive(tx, { row, blobId: await saveBlob(tx, now()), now: now(), checksum }),
    );
    let exists = true;
    for (let start = 0; exists && start < members.length; start += FILES_AT_ONCE) {
      await setImmediate();
      await heartbeat();
      exists = await store.transaction(async (tx) => {
        if (!(await isStillStaged(tx, staged))) return false;
        await insertPart(tx, staged, members.slice(start, start + FILES_AT_ONCE), now());
        return true;
      });
    }
    const isShown = await store.transaction(async (tx) => {
      if (!(await isStillStaged(tx, staged))) return false;
      await showArchive(tx, staged, row.checksum, now());
      await onVisible(tx, staged.archiveId, now());
      return true;
    });
    if (isShown) return;
    // The release was deleted, which the next attempt finds, or another archive of it was started because this one exceeded its lease.
  }
  throw new Error("other archives of the same release were started repeatedly while this one was stored");
}

/** Inserts the archive's row with `checksum`. Abandons other staged archives of the release, whose process has ended. */
async function beginArchive(
  tx: Tx,
  { row, checksum, blobId, now }: { readonly row: AssemblyRow; readonly checksum: string; readonly blobId: number; readonly now: Date },
): Promise<StagedArchive> {
  const { releases, releaseArchives } = tx.tables;
  const [found] = await tx
    .select()
    .from(releases)
    .where(and(eq(releases.id, row.releaseId ?? 0), eq(releases.organizationId, row.organizationId)));
  const release = found && (await lockRelease(tx, found));
  if (!release) throw new AssemblyProblem("The release was deleted in the meantime.");
  await abandonStagedArchives(tx, release.id);
  const [archive] = await tx
    .insert(releaseArchives)
    .values({ releaseId: release.id, blobId, checksum, state: "staged", dateCreated: now })
    .returning({ id: releaseArchives.id });
  if (!archive) throw new Error("an archive was not stored");
  return { release, archiveId: archive.id, checksum };
}

/** Whether the archive can still be shown. Locks it and its release until the transaction ends. */
async function isStillStaged(tx: Tx, { release, archiveId, checksum }: StagedArchive): Promise<boolean> {
  const { releases, releaseArchives } = tx.tables;
  const [found] = await tx.select({ id: releases.id }).from(releases).where(eq(releases.id, release.id));
  if (!found || !(await lockRelease(tx, release))) return false;
  const locked = await tx
    .update(releaseArchives)
    .set({ checksum })
    .where(and(eq(releaseArchives.id, archiveId), eq(releaseArchives.checksum, checksum)))
    .returning({ id: releaseArchives.id });
  return locked.length > 0;
}

/** Inserts members that are not shown yet, and marks the members that they replace. */
async function insertPart(tx: Tx, { release, archiveId }: StagedArchive, members: readonly Member[], now: Date): Promise<void> {
  const releaseId = release.id;
  const rows = members.map(({ name, dist, sha1, file: { headers, entry } }) => ({
    releaseId,
    name,
    dist,
    ident: fileIdent(name, dist),
    headers,
    size: entry.size,
    sha1,
    blobId: null,
    archiveId,
    replacedBy: 0,
    place: toMemberPlace(entry),
    isMember: true,
    listDist: dist,
    dateCreated: now,
  }));
  const idents = rows.map(({ ident }) => ident);
  await deleteHidden(tx, { releaseId, idents });
  await replaceMembers(tx, { releaseId, archiveId, idents });
  await insertMembers(tx, { rows });
}

/** Shows an archive, and hides the members it replaces and earlier uploads of the same archive. */
async function showArchive(tx: Tx, { release, archiveId }: StagedArchive, checksum: string, now: Date): Promise<void> {
  const { releaseArchives, assemblies } = tx.tables;
  const earlier = await tx
    .update(releaseArchives)
    .set({ checksum: sql`${REPLACED} || ${releaseArchives.id}` })
    .where(and(eq(releaseArchives.releaseId, release.id), eq(releaseArchives.checksum, checksum)))
    .returning({ id: releaseArchives.id });
  await tx.update(releaseArchives).set({ state: "shown", checksum, dateCreated: now }).where(eq(releaseArchives.id, archiveId));
  const ids = earlier.map(({ id }) => id);
  await tx.update(assemblies).set({ archiveId }).where(inArray(assemblies.archiveId, ids));
  await dropEmptyArchives(tx, and(eq(releaseArchives.releaseId, release.id), ne(releaseArchives.id, archiveId)));
}

const MEMBER_COLUMNS = [
  "releaseId",
  "name",
  "dist",
  "ident",
  "headers",
  "size",
  "sha1",
  "blobId",
  "archiveId",
  "replacedBy",
  "place",
  "isMember",
  "listDist",
  "dateCreated",
] as const;

const insertMembers = prepared((tx: Tx, param: { rows: readonly NewRow<"releaseFiles", typeof MEMBER_COLUMNS>[] }) =>
  tx
    .insert(tx.tables.releaseFiles)
    .select(jsonRows(tx, tx.tables.releaseFiles, MEMBER_COLUMNS, param.rows))
    .prepare(),
);

type Replaced = { readonly releaseId: number; readonly idents: readonly string[] };

const ofIdents = (tx: Tx, param: Replaced) => {
  const { releaseId, isMember, ident } = tx.tables.releaseFiles;
  return and(eq(releaseId, param.releaseId), eq(isMember, true), anyOf(ident, param.idents));
};

const deleteHidden = prepared((tx: Tx, param: Replaced) =>
  tx
    .delete(tx.tables.releaseFiles)
    .where(and(ofIdents(tx, param), sql`not (${isShownFile(tx)})`))
    .prepare(),
);

const replaceMembers = prepared((tx: Tx, param: Replaced & { archiveId: number }) => {
  const { releaseFiles } = tx.tables;
  return tx
    .update(releaseFiles)
    .set({ replacedBy: sql`${sql.param(param.archiveId, releaseFiles.replacedBy)}` })
    .where(ofIdents(tx, param))
    .prepare();
});

/** A file of a release's archive, with the sha1 of its content. */
type Member = { readonly name: string; readonly dist: string; readonly sha1: string; readonly file: BundleFile };

/** How many files are read, in a few milliseconds, before other requests run. */
const FILES_PER_TURN = 100;

/**
 * Reads the members of a release's archive, each once. Throws `AssemblyProblem` for an archive of another release, and for names and dists
 * that files of a release cannot have.
 */
export async function readReleaseArchive(
  bundle: Bundle,
  source: RandomAccess,
  { version, heartbeat }: { readonly version: string; readonly heartbeat: () => Promise<void> },
): Promise<Member[]> {
  if (bundle.release !== null && bundle.release !== version) {
    throw new AssemblyProblem(`The archive was made for the release ${showName(bundle.release)}, not for ${showName(version)}.`);
  }
  const dist = bundle.dist ?? "";
  if (dist.length > DIST_MAX) throw new AssemblyProblem(`The archive's dist has more than ${DIST_MAX} characters.`);
  const named = new Map<string, Omit<Member, "sha1">>();
  for (const file of bundle.files) {
    const name = file.url ?? file.path;
    if (name.length > FILE_NAME_MAX) throw new AssemblyProblem(`The name ${showName(name)} has more than ${FILE_NAME_MAX} characters.`);
    named.set(name, { name, dist, file });
  }
  // In the order of their bytes, because the source reads ahead: in another order, each file would cost the read of a whole block.
  const ordered = [...named.values()].toSorted((a, b) => a.file.entry.offset - b.file.entry.offset);
  const members: Member[] = [];
  for (const [index, member] of ordered.entries()) {
    // Small files are read ahead, so thousands of them would be read without giving other requests a turn.
    if (index % FILES_PER_TURN === 0) await setImmediate();
    await heartbeat();
    const hash = createHash("sha1");
    for await (const part of entryChunks(source, member.file.entry)) hash.update(part);
    members.push({ ...member, sha1: hash.digest("hex") });
  }
  return members;
}

/** A problem of an uploaded archive. The message is shown to the user who uploaded it. */
export class AssemblyProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "AssemblyProblem";
  }
}
