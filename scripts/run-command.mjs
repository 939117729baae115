import { spawn } from "node:child_process";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The root folder of the repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** The repository's own Node and tools; first in the PATH of commands. */
const bin = path.join(root, "node_modules", ".bin");

/** Prints progress to standard error, because standard output belongs to the command itself. */
export const report = (text) => void process.stderr.write(`${text}\n`);

/** Without a handler, the first process of a container ignores these signals and would continue to install or build. */
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"];

/**
 * Runs a command in the repository. Returns its exit code. With `quiet`, its output is printed only if it fails.
 *
 * @param {string} command a program with its arguments, as in a shell
 * @param {{ quiet?: boolean, cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function run(command, { quiet = false, cwd = root, env = {} } = {}) {
  const localBin = path.join(cwd, "node_modules", ".bin");
  const search = [localBin, bin, process.env.PATH].join(path.delimiter);
  const settings = { TURBO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1", ...process.env, ...env, PATH: search };
  const child = spawn(command, { cwd, env: settings, shell: true, stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit" });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => output.push(chunk));
  const stops = SIGNALS.map((signal) => [signal, () => (child.kill(signal), process.exit(128 + constants.signals[signal]))]);
  for (const [signal, stop] of stops) process.once(signal, stop);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      for (const [name, stop] of stops) process.off(name, stop);
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code ?? (signal === null ? 1 : 128));
    });
  });
}

/** Like `run`, but exits with the code of the command if it fails. */
export async function runOrExit(command, options) {
  const code = await run(command, options);
  if (code !== 0) process.exit(code);
}
