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
import { dropEmptyArchives, giveUpStaged, isShownFile } from "../../records/artifacts/release-files.ts";
import { FILE_NAME_MAX } from "../../records/artifacts/uploads.ts";
import { lockRelease } from "../../records/releases.ts";

/** What the row of an archive that was stored again has in place of its checksum. */
const REPLACED = "replaced ";

export type ReadArchive = { readonly row: AssemblyRow; readonly members: readonly Member[] };

/**
 * Stores a release's archive; its members are listed among the release's files, in place of members of earlier archives with the same name
 * and dist. Returns its row's id.
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

/** An archive whose members are being written and not shown yet. */
type StagedArchive = {
  readonly release: ReleaseRow;
  readonly archiveId: number;
  /** What the archive's row has until it is shown. */
  readonly checksum: string;
};

const MOST_ATTEMPTS = 3;

/**
 * Does what `saveReleaseArchive` does in several short transactions, the last of which shows everything and runs `finish`. If it is not
 * reached, `sweepReleaseFiles` deletes what was written; it also deletes the rows of members that were replaced. `alive` is called before
 * each transaction; what it throws ends the work.
 */
export async function saveLargeArchive(
  { store, now, randomHex }: Pick<App, "store" | "now" | "randomHex">,
  { row, members, alive }: ReadArchive & { readonly alive: () => Promise<void> },
  { blobOf, finish }: { blobOf(tx: Tx, now: Date): Promise<number>; finish(tx: Tx, archiveId: number, now: Date): Promise<void> },
): Promise<void> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const checksum = stagedChecksum(randomHex(16));
    await alive();
    const staged = await store.transaction(async (tx) => beginArchive(tx, { row, blobId: await blobOf(tx, now()), now: now(), checksum }));
    let isThere = true;
    for (let start = 0; isThere && start < members.length; start += FILES_AT_ONCE) {
      await setImmediate();
      await alive();
      isThere = await store.transaction(async (tx) => {
        if (!(await isStillStaged(tx, staged))) return false;
        await insertPart(tx, staged, members.slice(start, start + FILES_AT_ONCE), now());
        return true;
      });
    }
    const isShown = await store.transaction(async (tx) => {
      if (!(await isStillStaged(tx, staged))) return false;
      await showArchive(tx, staged, row.checksum, now());
      await finish(tx, staged.archiveId, now());
      return true;
    });
    if (isShown) return;
    // The release was deleted meanwhile, which the next attempt finds, or another archive of it was begun because this one took too long.
  }
  throw new Error("another archive of the same release was begun again and again while this one was stored");
}

/** Makes a row for the archive with `checksum`. Others of the release that are being staged are given up: their process has ended. */
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
  if (!release) throw new AssemblyProblem("The release was deleted meanwhile.");
  await giveUpStaged(tx, release.id);
  const [archive] = await tx
    .insert(releaseArchives)
    .values({ releaseId: release.id, blobId, checksum, state: "staged", dateCreated: now })
    .returning({ id: releaseArchives.id });
  if (!archive) throw new Error("an archive was not stored");
  return { release, archiveId: archive.id, checksum };
}

/** Whether the archive can still be shown. Until the transaction ends, nothing else deletes it, gives it up or deletes its release. */
async function isStillStaged(tx: Tx, { release, archiveId, checksum }: StagedArchive): Promise<boolean> {
  const { releases, releaseArchives } = tx.tables;
  const [there] = await tx.select({ id: releases.id }).from(releases).where(eq(releases.id, release.id));
  if (!there || !(await lockRelease(tx, release))) return false;
  const held = await tx
    .update(releaseArchives)
    .set({ checksum })
    .where(and(eq(releaseArchives.id, archiveId), eq(releaseArchives.checksum, checksum)))
    .returning({ id: releaseArchives.id });
  return held.length > 0;
}

/** Writes members that are not shown yet, and notes which ones they replace. */
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

/** Shows an archive, and hides the members it replaces and what was made of the same archive before. */
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

/** A file of a release's archive, with the sha1 of what is in it. */
type Member = { readonly name: string; readonly dist: string; readonly sha1: string; readonly file: BundleFile };

/** Longer dists exist nowhere on the wire (contract 8.1). */
const DIST_MAX = 64;

/** Files read before others are let in: a few milliseconds. */
const FILES_PER_TURN = 100;

/**
 * What a release's archive holds, each member read through once. Throws an `AssemblyProblem` for an archive of another release and for names
 * that releases' files cannot have.
 */
export async function readReleaseArchive(
  bundle: Bundle,
  source: RandomAccess,
  { version, alive }: { readonly version: string; readonly alive: () => Promise<void> },
): Promise<Member[]> {
  if (bundle.release !== null && bundle.release !== version) {
    throw new AssemblyProblem(`The archive was made for the release ${showName(bundle.release)}, not for ${showName(version)}.`);
  }
  const dist = bundle.dist ?? "";
  if (dist.length > DIST_MAX) throw new AssemblyProblem(`The archive's dist has more than ${DIST_MAX} characters.`);
  const members = new Map<string, Member>();
  for (const [index, file] of bundle.files.entries()) {
    // Small files are read ahead, so that thousands of them would be read before anything else is served.
    if (index % FILES_PER_TURN === 0) await setImmediate();
    const name = file.url ?? file.path;
    if (name.length > FILE_NAME_MAX) throw new AssemblyProblem(`The name ${showName(name)} has more than ${FILE_NAME_MAX} characters.`);
    await alive();
    const hash = createHash("sha1");
    for await (const part of entryChunks(source, file.entry)) hash.update(part);
    members.set(name, { name, dist, sha1: hash.digest("hex"), file });
  }
  return [...members.values()];
}

/** What is wrong with an archive, in a sentence for whoever uploaded it. */
export class AssemblyProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "AssemblyProblem";
  }
}
