import { Command } from "commander";
import { type Env, readEnv } from "./env.ts";
import { artifactCommands } from "./src/admin/artifact-commands.ts";
import { backupCommand } from "./src/admin/backup-command.ts";
import { checkCommand } from "./src/admin/check-command.ts";
import { initCommand } from "./src/admin/init-command.ts";
import { output } from "./src/admin/output.ts";
import { passwordCommand } from "./src/admin/password-command.ts";
import { quotaCommand } from "./src/admin/quota-command.ts";
import { restoreCommand } from "./src/admin/restore-command.ts";
import { retentionCommands } from "./src/admin/retention-commands.ts";
import { seedCommand } from "./src/admin/seed-command.ts";
import { setupLinkCommand } from "./src/admin/setup-link-command.ts";
import { tokenCommands } from "./src/admin/token-commands.ts";
import { operatorMessage } from "./src/serving/startup-failure.ts";
import { VERSION } from "./src/serving/version.ts";

// What is made holds secrets: for its owner's eyes only.
process.umask(0o077);

const env = (): Env => readEnv();
const program = new Command("admin")
  .description("Looks after a Landfall data directory, beside a running server or without one.")
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
  output.say(operatorMessage(error));
  process.exitCode = 1;
}
