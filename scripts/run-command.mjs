import { spawn } from "node:child_process";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Where commands look for programs first: the repository's own Node and tools. */
const bin = path.join(root, "node_modules", ".bin");

/** Says on standard error what is going on: standard output belongs to the command that was asked for. */
export const say = (text) => void process.stderr.write(`${text}\n`);

/** Without a handler, the first process of a container ignores these: it would go on to install or build after it was told to stop. */
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"];

/**
 * Runs a command in the repository and answers its exit code. With `quiet`, what it prints is shown only when it fails.
 *
 * @param {string} command a program with its arguments, as in a shell
 * @param {{ quiet?: boolean, cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function run(command, { quiet = false, cwd = root, env = {} } = {}) {
  const own = path.join(cwd, "node_modules", ".bin");
  const search = [own, bin, process.env.PATH].join(path.delimiter);
  const settings = { TURBO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1", ...process.env, ...env, PATH: search };
  const child = spawn(command, { cwd, env: settings, shell: true, stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit" });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => printed.push(chunk));
  const stops = SIGNALS.map((signal) => [signal, () => (child.kill(signal), process.exit(128 + constants.signals[signal]))]);
  for (const [signal, stop] of stops) process.once(signal, stop);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      for (const [name, stop] of stops) process.off(name, stop);
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(printed));
      resolve(code ?? (signal === null ? 1 : 128));
    });
  });
}

/** As `run`, but ends this process with the command's code when it fails. */
export async function need(command, options) {
  const code = await run(command, options);
  if (code !== 0) process.exit(code);
}
