import { statSync } from "node:fs";
import path from "node:path";
import { recordRestore } from "@landfall/core/records/artifacts/database-identity";
import type { BlobStore } from "@landfall/db/blobs/blob-store";
import { type CopiedBlobs, copyBlobs, type CopyProgress } from "@landfall/db/blobs/copy-blobs";
import { fileBlobs } from "@landfall/db/blobs/file-blobs";
import { backupSqlite, sqliteBlobs } from "@landfall/db/sqlite/backup";
import { restoreSqlite } from "@landfall/db/sqlite/restore";
import type { Store } from "@landfall/db/store";
import { Command } from "commander";
import { openBlobs } from "#server/lifecycle/open-storage.ts";
import { formatBytes, formatCount } from "#ui/format.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { existingDatabase, localDatabase } from "./with-app.ts";

type BackupOptions = { readonly withoutArtifacts?: boolean; readonly json?: boolean };

/** `backup <file>`: a copy of the database as it is at one moment, also while a server writes it, and of the artifacts it knows. */
export function backupCommand(env: () => Env, out: Output): Command {
  return new Command("backup")
    .description(
      "Copies the database to a file, as it is at one moment, and the artifacts to a folder beside it, also out of a bucket. " +
        "A server may go on meanwhile.",
    )
    .argument("<file>", "where to; must not exist")
    .option("--without-artifacts", "the database alone, where the artifacts are backed up by other means")
    .option("--json", "print JSON")
    .action(async (file: string, { withoutArtifacts = false, json = false }: BackupOptions) => {
      const destination = path.resolve(file);
      const settings = env();
      const artifacts = settings.s3 === null ? "the folder blobs of the data directory" : `the bucket ${settings.s3.bucket}`;
      const database = existingDatabase(settings, `back it up with pg_dump, and ${artifacts} after it`);
      const { folder, blobs } = backupBlobs(destination);
      // What the copy knows is there, and what is removed meanwhile belonged to what was deleted since.
      const copyArtifacts = (copy: string) =>
        copyBlobs(sqliteBlobs(copy), { from: openBlobs(settings), to: blobs, onProgress: createProgressReporter(out) });
      const copied = await backupSqlite(database, destination, withoutArtifacts ? undefined : copyArtifacts);
      const bytes = statSync(destination).size;
      out.say(`Backed up to ${destination} (${formatBytes(bytes)}).`);
      if (copied) reportBackup(copied, folder, out);
      if (json) out.json({ file: destination, bytes, blobs: copied ? { folder, ...copied } : null });
    });
}

function reportBackup({ count, bytes, missing, damaged }: CopiedBlobs, folder: string, out: Output): void {
  if (count > 0) out.say(`Backed up ${formatCount(count, "artifact")} to ${folder} (${formatBytes(bytes)}).`);
  if (missing > 0)
    out.say(`Found ${formatCount(missing, "artifact")} missing; npm run admin -- check tells which, unless deleted meanwhile.`);
  if (damaged > 0) out.say(`Left out ${formatCount(damaged, "artifact")} as damaged; npm run admin -- check --contents tells which.`);
}

type RestoreOptions = { readonly force?: boolean; readonly withoutArtifacts?: boolean };

/** `restore <file>`: puts a backup in the place of the database, which a server must not be using. */
export function restoreCommand(env: () => Env, out: Output): Command {
  return new Command("restore")
    .description(
      "Puts a backup in the place of the database, and its artifacts among those in the data directory or the bucket. Stop the server first.",
    )
    .argument("<file>", "a file that `backup` made")
    .option("--force", "also where there is data already; it is kept beside under another name")
    .option("--without-artifacts", "the database alone, where the artifacts are restored by other means")
    .action(async (file: string, { force = false, withoutArtifacts = false }: RestoreOptions) => {
      const settings = env();
      const backup = path.resolve(file);
      const database = localDatabase(settings, "restore it with pg_restore");
      const { folder, blobs } = backupBlobs(backup);
      // Blobs have names nothing else ever had: those of the backup are added, and what the restored database does not know is swept later.
      const copyArtifacts = (copy: string) =>
        copyBlobs(sqliteBlobs(copy), { from: blobs, to: openBlobs(settings), onProgress: createProgressReporter(out) });
      const beside = withoutArtifacts ? undefined : copyArtifacts;
      const now = new Date();
      const adjust = (store: Store) => recordRestore(store, { now });
      const { kept, answer: copied } = await restoreSqlite(backup, database, { force, now, beside, adjust });
      if (kept !== null) out.say(`What was there is kept as ${kept}.`);
      out.say(`Restored ${database} from ${backup}.`);
      if (copied) reportRestore(copied, folder, out);
    });
}

function reportRestore({ count, missing, damaged }: CopiedBlobs, folder: string, out: Output): void {
  if (count > 0) out.say(`Restored ${formatCount(count, "artifact")}.`);
  if (missing > 0) out.say(`${missing} of its artifacts are neither here nor in ${folder}.`);
  if (damaged > 0) out.say(`Left out ${formatCount(damaged, "artifact")} as damaged in ${folder}.`);
}

/** Where the artifacts of a backup are: in a folder beside its file, whatever the server keeps them in. */
function backupBlobs(file: string): { readonly folder: string; readonly blobs: BlobStore } {
  const folder = `${file}.blobs`;
  return { folder, blobs: fileBlobs({ folder }) };
}

/** Milliseconds between two lines. */
const PAUSE = 5_000;

/** Tells how far a copying of artifacts is, every five seconds; nothing of one that is done before. */
export function createProgressReporter(out: Pick<Output, "say">, now: () => number = Date.now): (progress: CopyProgress) => void {
  let said = now();
  return ({ blobs, ofBlobs, bytes, ofBytes }) => {
    if (now() - said < PAUSE) return;
    said = now();
    out.say(`${blobs.toLocaleString("en")} of ${formatCount(ofBlobs, "artifact")}, ${formatBytes(bytes)} of ${formatBytes(ofBytes)} …`);
  };
}
