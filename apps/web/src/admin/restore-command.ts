import { Command } from "commander";
import path from "node:path";
import type { Env } from "../../env.ts";
import { localDatabase } from "./local-database.ts";
import type { Output } from "./output.ts";
import { restoreDatabase } from "./restore-database.ts";

/** `restore <file>`: puts a backup in the place of the database, which a server must not be using. */
export function restoreCommand(env: () => Env, out: Output): Command {
  return new Command("restore")
    .description("Puts a backup in the place of the database. Stop the server first.")
    .argument("<file>", "a file that `backup` made")
    .option("--force", "also where there is data already; it is kept beside under another name")
    .action(async (file: string, { force = false }: { readonly force?: boolean }) => {
      const database = localDatabase(env(), "restore it with pg_restore");
      const { kept } = await restoreDatabase(path.resolve(file), database, { force, now: new Date() });
      if (kept !== null) out.say(`What was there is kept as ${kept}.`);
      out.say(`Restored ${database} from ${path.resolve(file)}.`);
    });
}
