import { COMMANDS } from "./commands.ts";
import { runCommandLine } from "./run-command-line.ts";
import { nodeWorld } from "./system/world.ts";

// Not `process.exit`: the process must end only after all output is written.
process.exitCode = await runCommandLine(COMMANDS, process.argv.slice(2), nodeWorld(process.env));
