import { COMMANDS } from "./commands.ts";
import { runCommandLine } from "./run-command-line.ts";
import { nodeRuntime } from "./system/runtime.ts";

// Not `process.exit`: the process must end only after all output is written.
process.exitCode = await runCommandLine(COMMANDS, process.argv.slice(2), nodeRuntime(process.env));
