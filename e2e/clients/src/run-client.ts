import { clientBinary, type ClientName } from "./client-binary.ts";
import { projectNode } from "./project-node.ts";
import { type ProgramOptions, type ProgramResult, runProgram } from "./run-program.ts";

/**
 * Runs one unmodified client as `runProgram` does.
 *
 * @throws when the client does not end within `limit` milliseconds (20 s; it is killed then) or cannot be started.
 */
export function runClient(client: ClientName, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const { file, leading } = clientBinary(client, projectNode());
  return runProgram(`sentry client ${client} ${args.join(" ")}`, [file, ...leading, ...args], options);
}
