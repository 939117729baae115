import { checkArtifacts } from "@landfall/core/operations/storage/check";
import { checkSqlite } from "@landfall/db/sqlite/check";
import { isStoreError } from "@landfall/db/store-error";
import { Command } from "commander";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { existingDatabase, withApp, withReadingApp } from "./with-app.ts";

type Options = { readonly json?: boolean; readonly contents?: boolean; readonly repair?: boolean };

/** `check`: reads the whole database, holds the artifacts against it, and tells what is wrong, also beside a running server. */
export function checkCommand(env: () => Env, out: Output): Command {
  return new Command("check")
    .description("Reads the whole database, looks whether all artifacts are there, and tells what is wrong. A server may go on meanwhile.")
    .option("--contents", "also read every artifact and hold it against its checksum")
    .option("--repair", "with --contents: replace damaged bytes by a whole copy if there is one, else ask for them with the next upload")
    .option("--json", "print JSON")
    .action(async ({ json, contents = false, repair = false }: Options) => {
      if (repair && !contents) throw new OperatorError("--repair needs --contents: only what was read is known to be damaged.");
      const settings = env();
      const file = settings.databaseUrl === null ? existingDatabase(settings, "") : null;
      const damage = file === null ? [] : await checkSqlite(file);
      // Of a database that is damaged no more can be asked.
      const { problems, notes } =
        damage.length > 0 ? { problems: damage, notes: [] } : await artifactProblems(settings, file, { contents, repair });
      if (json) out.json({ file, sound: problems.length === 0, problems, notes });
      for (const note of notes) out.say(note);
      const what = file ?? "The database";
      if (damage.length > 0) throw new OperatorError(`${what} is damaged:\n${listed(problems)}`);
      if (problems.length > 0) throw new OperatorError(`Not all artifacts are as they should be:\n${listed(problems)}`);
      out.say(file === null ? "The artifacts are sound. Check PostgreSQL with its own tools." : `${file} is sound.`);
    });
}

/** Throws an `OperatorError` where only the database itself can be checked: its tables are those of another version. */
async function artifactProblems(settings: Env, file: string | null, how: { readonly contents: boolean; readonly repair: boolean }) {
  try {
    return await (how.repair ? withApp : withReadingApp)(settings, (app) => checkArtifacts(app, how));
  } catch (error) {
    if (!isStoreError(error) || error.code !== "older_database" || file === null) throw error;
    throw new OperatorError(`${file} is not damaged. Its artifacts were not checked: ${error.message}`, { cause: error });
  }
}

const listed = (problems: readonly string[]): string => problems.map((problem) => `  ${problem}`).join("\n");
