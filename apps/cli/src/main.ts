import { COMMANDS } from "./commands.ts";
import { runCommandLine } from "./run-command-line.ts";
import { nodeWorld } from "./system/world.ts";

// The exit code is left for the end of the process, so that everything written reaches its reader.
process.exitCode = await runCommandLine(COMMANDS, process.argv.slice(2), nodeWorld(process.env));
