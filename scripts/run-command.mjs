import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Where commands look for programs first: the repository's own Node and tools. */
const bin = path.join(root, "node_modules", ".bin");

/** Says on standard error what is going on: standard output belongs to the command that was asked for. */
export const say = (text) => void process.stderr.write(`${text}\n`);

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
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
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
