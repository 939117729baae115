import { checkSqlite } from "@landfall/db/check-sqlite";
import { Command } from "commander";
import type { Env } from "../../env.ts";
import { OperatorError } from "../serving/operator-error.ts";
import { existingDatabase } from "./local-database.ts";
import type { Output } from "./output.ts";

/** `check`: reads the whole database and tells what is wrong with it, also beside a running server. */
export function checkCommand(env: () => Env, out: Output): Command {
  return new Command("check")
    .description("Reads the whole database and tells what is wrong with it. A server may go on meanwhile.")
    .option("--json", "print JSON")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const file = existingDatabase(env(), "check it with its own tools");
      const problems = await checkSqlite(file);
      if (json) out.json({ file, sound: problems.length === 0, problems });
      if (problems.length > 0) throw new OperatorError(`${file} is damaged:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
      out.say(`${file} is sound.`);
    });
}
