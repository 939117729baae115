import { statSync } from "node:fs";
import path from "node:path";
import { backupSqlite } from "@landfall/db/backup-sqlite";
import { type CopiedBlobs, copyBlobs } from "@landfall/db/blobs/copy-blobs";
import { sqliteBlobs } from "@landfall/db/sqlite-blobs";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { openBlobs } from "../serving/open-blobs.ts";
import { formatBytes } from "../ui/bytes-text.ts";
import { formatCount } from "../ui/counted.ts";
import { backupBlobs } from "./blobs-of-backup.ts";
import { existingDatabase } from "./local-database.ts";
import type { Output } from "./output.ts";
import { createProgressReporter } from "./say-progress.ts";

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
  if (missing > 0) out.say(`Found ${formatCount(missing, "artifact")} missing; npm run admin -- check tells which, unless deleted meanwhile.`);
  if (damaged > 0) out.say(`Left out ${formatCount(damaged, "artifact")} as damaged; npm run admin -- check --contents tells which.`);
}
