import { statSync } from "node:fs";
import path from "node:path";
import { backupSqlite } from "@landfall/db/backup-sqlite";
import { sqliteBlobNames } from "@landfall/db/sqlite-blob-names";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { blobsFolder } from "../serving/open-blobs.ts";
import { blobsOfBackup, copyBlobs } from "./copy-blobs.ts";
import { existingDatabase } from "./local-database.ts";
import type { Output } from "./output.ts";

/** `backup <file>`: a copy of the database as it is at one moment, also while a server writes it, and of the artifacts it knows. */
export function backupCommand(env: () => Env, out: Output): Command {
  return new Command("backup")
    .description(
      "Copies the database to a file, as it is at one moment, and the artifacts to a folder beside it. A server may go on meanwhile.",
    )
    .argument("<file>", "where to; must not exist")
    .option("--json", "print JSON")
    .action(async (file: string, { json }: { readonly json?: boolean }) => {
      const destination = path.resolve(file);
      const settings = env();
      await backupSqlite(
        existingDatabase(settings, "back it up with pg_dump, and the folder blobs of the data directory beside it"),
        destination,
      );
      const bytes = statSync(destination).size;
      out.say(`Backed up to ${destination} (${mebibytes(bytes)}).`);
      const blobs = backUpBlobs(settings, destination, out);
      if (json) out.json({ file: destination, bytes, blobs });
    });
}

/** After the database: what it knows is there, and what is removed meanwhile belonged to what was deleted since. */
function backUpBlobs(
  env: Env,
  destination: string,
  out: Output,
): { readonly folder: string; readonly count: number; readonly bytes: number } | null {
  if (env.s3 !== null) {
    out.say(`The artifacts are in the bucket ${env.s3.bucket}; back it up with its own means.`);
    return null;
  }
  const folder = blobsOfBackup(destination);
  const { count, bytes, missing } = copyBlobs(sqliteBlobNames(destination), blobsFolder(env), folder);
  if (count > 0) out.say(`Backed up ${count} ${count === 1 ? "artifact" : "artifacts"} to ${folder} (${mebibytes(bytes)}).`);
  if (missing > 0)
    out.say(`${missing} of the artifacts were not there; npm run admin -- check tells which, unless they were deleted meanwhile.`);
  return { folder, count, bytes };
}

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;
