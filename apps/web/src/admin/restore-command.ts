import path from "node:path";
import { recordRestore } from "@landfall/core/artifacts/database-identity";
import { type CopiedBlobs, copyBlobs } from "@landfall/db/blobs/copy-blobs";
import { restoreSqlite } from "@landfall/db/restore-sqlite";
import { sqliteBlobs } from "@landfall/db/sqlite-blobs";
import type { Store } from "@landfall/db/store";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { openBlobs } from "../serving/open-blobs.ts";
import { formatCount } from "../ui/counted.ts";
import { backupBlobs } from "./blobs-of-backup.ts";
import { localDatabase } from "./local-database.ts";
import type { Output } from "./output.ts";
import { createProgressReporter } from "./say-progress.ts";

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
