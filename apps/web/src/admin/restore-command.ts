import { sqliteBlobNames } from "@landfall/db/sqlite-blob-names";
import { Command } from "commander";
import path from "node:path";
import type { Env } from "../../env.ts";
import { blobsFolder } from "../serving/open-blobs.ts";
import { blobsOfBackup, copyBlobs } from "./copy-blobs.ts";
import { localDatabase } from "./local-database.ts";
import type { Output } from "./output.ts";
import { restoreDatabase } from "./restore-database.ts";

/** `restore <file>`: puts a backup in the place of the database, which a server must not be using. */
export function restoreCommand(env: () => Env, out: Output): Command {
  return new Command("restore")
    .description("Puts a backup in the place of the database, and its artifacts among those that are here. Stop the server first.")
    .argument("<file>", "a file that `backup` made")
    .option("--force", "also where there is data already; it is kept beside under another name")
    .action(async (file: string, { force = false }: { readonly force?: boolean }) => {
      const settings = env();
      const backup = path.resolve(file);
      const database = localDatabase(settings, "restore it with pg_restore");
      const { kept } = await restoreDatabase(backup, database, { force, now: new Date() });
      if (kept !== null) out.say(`What was there is kept as ${kept}.`);
      out.say(`Restored ${database} from ${backup}.`);
      if (settings.s3 === null) restoreBlobs(backup, settings, out);
    });
}

/** Blobs have names nothing else ever had: those of the backup are added, and what the restored database does not know is swept later. */
function restoreBlobs(backup: string, env: Env, out: Output): void {
  const { count, missing } = copyBlobs(sqliteBlobNames(env.databaseFile), blobsOfBackup(backup), blobsFolder(env));
  if (count > 0) out.say(`Restored ${count} ${count === 1 ? "artifact" : "artifacts"}.`);
  if (missing > 0) out.say(`${missing} of its artifacts are neither here nor in ${blobsOfBackup(backup)}.`);
}
