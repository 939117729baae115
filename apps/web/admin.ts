import { Command } from "commander";
import { type Env, readEnv } from "./env.ts";
import { initCommand } from "./src/admin/init-command.ts";
import { output } from "./src/admin/output.ts";
import { startupFailure } from "./src/serving/startup-failure.ts";
import { VERSION } from "./src/serving/version.ts";

// What is made holds secrets: for its owner's eyes only.
process.umask(0o077);

const env = (): Env => readEnv();
const program = new Command("admin")
  .description("Looks after a Landfall data directory, beside a running server or without one.")
  .version(VERSION)
  .addCommand(initCommand(env, output));

try {
  await program.parseAsync();
} catch (error) {
  output.say(startupFailure(error));
  process.exitCode = 1;
}
