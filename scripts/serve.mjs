import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { root } from "./run-command.mjs";

/**
 * Runs a program of `apps/web` with the repository's own Node, and exits with its exit code. Signals are forwarded to it. A terminal sends
 * Ctrl-C to both processes; the program handles it once.
 *
 * @param {string[]} args the arguments of `node`
 * @param {NodeJS.ProcessEnv} [env]
 */
export function serve(args, env = {}) {
  const node = path.join(root, "node_modules", ".bin", "node");
  const settings = existsSync(path.join(root, ".env")) ? ["--env-file=.env"] : [];
  const child = spawn(node, [...settings, ...args], { cwd: root, env: { ...process.env, ...env }, stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) followParent(() => child.kill("SIGTERM"));
  child.once("error", (error) => {
    process.stderr.write(`Cannot run ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
}

/**
 * The scripts in `package.json` start with `exec`, so that npm forwards signals to this process and waits for it. Another shell or program
 * between the two may be killed by the signal and leave this process running.
 */
function followParent(onExit) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onExit();
  }, 200);
}
