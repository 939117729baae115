import { COMMANDS } from "./commands.ts";
import { printFailure, runCommandLine } from "./run-command-line.ts";
import { isServerCommand, runServerProgram } from "./server-programs.ts";
import { describeFailure, EXIT } from "./system/errors.ts";
import { nodeRuntime } from "./system/runtime.ts";

const argv = process.argv.slice(2);

// Not `process.exit`: the process must end only after all output is written.
if (isServerCommand(argv)) {
  await runServerProgram(argv).catch((error: unknown) => {
    const failure = describeFailure(error);
    printFailure(nodeRuntime(process.env), failure, { isJson: false, isQuiet: false }, false);
    process.exitCode = EXIT[failure.exit];
  });
} else process.exitCode = await runCommandLine(COMMANDS, argv, nodeRuntime(process.env));
