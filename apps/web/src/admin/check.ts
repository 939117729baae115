import { checkArtifacts } from "@landfall/core/operations/storage/check";
import { checkSqlite } from "@landfall/db/sqlite/check";
import { isStoreError } from "@landfall/db/store-error";
import { Command } from "commander";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import type { Env } from "../../env.ts";
import type { Output } from "./output.ts";
import { existingDatabase, withApp, withReadingApp } from "./with-app.ts";

type Options = { readonly json?: boolean; readonly contents?: boolean; readonly repair?: boolean };

/** `check`: checks the whole database and its artifacts, also while the server is running. */
export function checkCommand(env: () => Env, out: Output): Command {
  return new Command("check")
    .description("Checks the whole database and whether all artifacts exist. The server may keep running.")
    .option("--contents", "also read every artifact and verify its checksum")
    .option(
      "--repair",
      "with --contents: replace damaged blobs by an intact copy if there is one; otherwise request them with the next upload",
    )
    .option("--json", "print JSON")
    .action(async ({ json, contents = false, repair = false }: Options) => {
      if (repair && !contents) throw new OperatorError("--repair requires --contents, since damage is found by reading the artifacts.");
      const settings = env();
      const file = settings.databaseUrl === null ? existingDatabase(settings, "") : null;
      const damage = file === null ? [] : await checkSqlite(file);
      // A damaged database cannot be queried.
      const { problems, notes } =
        damage.length > 0 ? { problems: damage, notes: [] } : await artifactProblems(settings, file, { contents, repair });
      if (json) out.json({ file, sound: problems.length === 0, problems, notes });
      for (const note of notes) out.log(note);
      const what = file ?? "The database";
      if (damage.length > 0) throw new OperatorError(`${what} is damaged:\n${listed(problems)}`);
      if (problems.length > 0) throw new OperatorError(`Some artifacts are missing or damaged:\n${listed(problems)}`);
      out.log(file === null ? "No problems found in the artifacts. Check PostgreSQL with its own tools." : `No problems found in ${file}.`);
    });
}

/** Checks the artifacts. @throws `OperatorError` if the schema of the database is of another version. */
async function artifactProblems(settings: Env, file: string | null, how: { readonly contents: boolean; readonly repair: boolean }) {
  try {
    return await (how.repair ? withApp : withReadingApp)(settings, (app) => checkArtifacts(app, how));
  } catch (error) {
    if (!isStoreError(error) || error.code !== "older_database" || file === null) throw error;
    throw new OperatorError(`${file} is not damaged. Its artifacts were not checked: ${error.message}`, { cause: error });
  }
}

const listed = (problems: readonly string[]): string => problems.map((problem) => `  ${problem}`).join("\n");
