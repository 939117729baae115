import { statSync } from "node:fs";
import path from "node:path";
import { recordRestore } from "@landfall/core/records/artifacts/database-identity";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import { type CopiedBlobs, copyBlobs, type CopyProgress } from "@landfall/db/blobs/copy-blobs";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";
import { backupSqlite, sqliteBlobs } from "@landfall/db/sqlite/backup";
import { restoreSqlite } from "@landfall/db/sqlite/restore";
import type { Store } from "@landfall/db/store";
import { formatBytes, formatCount } from "@landfall/domain/format";
import { Command } from "commander";
import { openBlobs } from "#server/lifecycle/open-storage.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { existingDatabase, localDatabase } from "./with-app.ts";

type BackupOptions = { readonly withoutArtifacts?: boolean; readonly json?: boolean };

/** `backup <file>`: copies a consistent snapshot of the database, also while a server is running, and its artifacts. */
export function backupCommand(env: () => Env, out: Output): Command {
  return new Command("backup")
    .description(
      "Copies a consistent snapshot of the database to a file, and the artifacts, also from a bucket, to a folder beside it. " +
        "The server may keep running.",
    )
    .argument("<file>", "the destination; must not exist")
    .option("--without-artifacts", "only the database, if artifacts are backed up by other means")
    .option("--json", "print JSON")
    .action(async (file: string, { withoutArtifacts = false, json = false }: BackupOptions) => {
      const destination = path.resolve(file);
      const settings = env();
      const artifacts = settings.s3 === null ? "the folder blobs of the data directory" : `the bucket ${settings.s3.bucket}`;
      const database = existingDatabase(settings, `back it up with pg_dump, and ${artifacts} after it`);
      const { folder, blobs } = backupBlobs(destination);
      // All artifacts of the snapshot exist; those that are deleted meanwhile are no longer needed.
      const copyArtifacts = (copy: string) =>
        copyBlobs(sqliteBlobs(copy), { from: openBlobs(settings), to: blobs, onProgress: createProgressReporter(out) });
      const copied = await backupSqlite(database, destination, withoutArtifacts ? undefined : copyArtifacts);
      const bytes = statSync(destination).size;
      out.log(`Backed up to ${destination} (${formatBytes(bytes)}).`);
      if (copied) reportBackup(copied, folder, out);
      if (json) out.json({ file: destination, bytes, blobs: copied ? { folder, ...copied } : null });
    });
}

function reportBackup({ count, bytes, missing, damaged }: CopiedBlobs, folder: string, out: Output): void {
  if (count > 0) out.log(`Backed up ${formatCount(count, "artifact")} to ${folder} (${formatBytes(bytes)}).`);
  if (missing > 0)
    out.log(
      `Found ${formatCount(missing, "artifact")} missing. Run npm run admin -- check to list them, unless they were deleted meanwhile.`,
    );
  if (damaged > 0) out.log(`Left out ${formatCount(damaged, "artifact")} as damaged. Run npm run admin -- check --contents to list them.`);
}

type RestoreOptions = { readonly force?: boolean; readonly withoutArtifacts?: boolean };

/** `restore <file>`: replaces the database by a backup. The server must be stopped. */
export function restoreCommand(env: () => Env, out: Output): Command {
  return new Command("restore")
    .description(
      "Replaces the database by a backup, and adds its artifacts to those in the data directory or the bucket. Stop the server first.",
    )
    .argument("<file>", "a file created by `backup`")
    .option("--force", "replace existing data, which is kept under another name")
    .option("--without-artifacts", "only the database, if artifacts are restored by other means")
    .action(async (file: string, { force = false, withoutArtifacts = false }: RestoreOptions) => {
      const settings = env();
      const backup = path.resolve(file);
      const database = localDatabase(settings, "restore it with pg_restore");
      const { folder, blobs } = backupBlobs(backup);
      // Names of blobs are unique: those of the backup are added, and blobs unknown to the restored database are swept later.
      const copyArtifacts = (copy: string) =>
        copyBlobs(sqliteBlobs(copy), { from: blobs, to: openBlobs(settings), onProgress: createProgressReporter(out) });
      const beside = withoutArtifacts ? undefined : copyArtifacts;
      const now = new Date();
      const adjust = (store: Store) => recordRestore(store, { now });
      const { previous, result: copied } = await restoreSqlite(backup, database, { force, now, beside, adjust });
      if (previous !== null) out.log(`The previous data is kept as ${previous}.`);
      out.log(`Restored ${database} from ${backup}.`);
      if (copied) reportRestore(copied, folder, out);
    });
}

function reportRestore({ count, missing, damaged }: CopiedBlobs, folder: string, out: Output): void {
  if (count > 0) out.log(`Restored ${formatCount(count, "artifact")}.`);
  if (missing > 0) out.log(`${missing} of its artifacts are neither here nor in ${folder}.`);
  if (damaged > 0) out.log(`Left out ${formatCount(damaged, "artifact")} as damaged in ${folder}.`);
}

/** Returns the folder of a backup's artifacts, which is beside its file. */
function backupBlobs(file: string): { readonly folder: string; readonly blobs: BlobStore } {
  const folder = `${file}.blobs`;
  return { folder, blobs: fileBlobs({ folder }) };
}

/** Milliseconds between two progress messages. */
const PAUSE = 5_000;

/** Returns a function that logs the progress of copying artifacts every five seconds. */
export function createProgressReporter(out: Pick<Output, "log">, now: () => number = Date.now): (progress: CopyProgress) => void {
  let lastLogged = now();
  return ({ blobs, ofBlobs, bytes, ofBytes }) => {
    if (now() - lastLogged < PAUSE) return;
    lastLogged = now();
    out.log(`${blobs.toLocaleString("en")} of ${formatCount(ofBlobs, "artifact")}, ${formatBytes(bytes)} of ${formatBytes(ofBytes)} …`);
  };
}
