import { Command } from "commander";
import { type Env, readEnv } from "./env.ts";
import { artifactCommands, quotaCommand } from "./src/admin/artifacts.ts";
import { backupCommand, restoreCommand } from "./src/admin/backup.ts";
import { checkCommand } from "./src/admin/check.ts";
import { output } from "./src/admin/output.ts";
import { passwordCommand } from "./src/admin/password.ts";
import { retentionCommands } from "./src/admin/retention.ts";
import { seedCommand } from "./src/admin/seed.ts";
import { initCommand, setupLinkCommand } from "./src/admin/setup.ts";
import { tokenCommands } from "./src/admin/tokens.ts";
import { operatorMessage } from "./src/server/lifecycle/operator-error.ts";
import { VERSION } from "./src/server/lifecycle/version.ts";

// Created files contain secrets: only their owner may read them.
process.umask(0o077);

const env = (): Env => readEnv();

const program = new Command("admin")
  .description("Administers a Landfall data directory, with or without a running server.")
  .version(VERSION)
  .addCommand(initCommand(env, output))
  .addCommand(setupLinkCommand(env, output))
  .addCommand(tokenCommands(env, output))
  .addCommand(passwordCommand(env, output))
  .addCommand(backupCommand(env, output))
  .addCommand(restoreCommand(env, output))
  .addCommand(checkCommand(env, output))
  .addCommand(artifactCommands(env, output))
  .addCommand(quotaCommand(env, output))
  .addCommand(retentionCommands(env, output))
  .addCommand(seedCommand(env, output));

try {
  await program.parseAsync();
} catch (error) {
  output.log(operatorMessage(error));
  process.exitCode = 1;
}
