import { statSync } from "node:fs";
import path from "node:path";
import { backupSqlite } from "@landfall/db/backup-sqlite";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { existingDatabase } from "./local-database.ts";
import type { Output } from "./output.ts";

/** `backup <file>`: a copy of the database as it is at one moment, also while a server writes it. */
export function backupCommand(env: () => Env, out: Output): Command {
  return new Command("backup")
    .description("Copies the database to a file, as it is at one moment. A server may go on serving and writing meanwhile.")
    .argument("<file>", "where to; must not exist")
    .option("--json", "print JSON")
    .action(async (file: string, { json }: { readonly json?: boolean }) => {
      const destination = path.resolve(file);
      await backupSqlite(existingDatabase(env(), "back it up with pg_dump"), destination);
      const bytes = statSync(destination).size;
      out.say(`Backed up to ${destination} (${(bytes / 1_048_576).toFixed(1)} MiB).`);
      if (json) out.json({ file: destination, bytes });
    });
}
