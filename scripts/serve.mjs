import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { root } from "./run-command.mjs";

/**
 * Runs a program of `apps/web` with the repository's own Node until it ends, and ends with its exit code. Signals go on to it; a
 * terminal sends Ctrl-C to both, which the program takes as one.
 *
 * @param {string[]} args what follows `node`
 * @param {NodeJS.ProcessEnv} [env]
 */
export function serve(args, env = {}) {
  const node = path.join(root, "node_modules", ".bin", "node");
  const settings = existsSync(path.join(root, ".env")) ? ["--env-file=.env"] : [];
  const child = spawn(node, [...settings, ...args], { cwd: root, env: { ...process.env, ...env }, stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) followParent(() => child.kill("SIGTERM"));
  child.once("error", (error) => {
    process.stderr.write(`${node} cannot be run: ${error.message}\n`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}

/**
 * The scripts of `package.json` begin with `exec`, so that npm passes a signal to this process and waits for it. Where another shell or
 * program stands between, it may die of the signal and leave this process behind.
 */
function followParent(onGone) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 200);
}
