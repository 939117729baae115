import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

/** The folder of `server.ts` and `admin.ts`. */
export const WEB = path.join(import.meta.dirname, "..");

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A running program of the folder `apps/web`. */
export interface Program {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
}

/** Starts `server.ts` or `admin.ts` with only `env` as its environment and `input` on standard input. */
export function startProgram(
  file: "server.ts" | "admin.ts",
  args: readonly string[],
  env: Record<string, string>,
  input: string | null = null,
): Program {
  const child = spawn(process.execPath, [path.join(WEB, file), ...args], {
    cwd: WEB,
    env: { NODE_ENV: "production", PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: [input === null ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.end(input);
  const printed = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  const ended = new Promise<Ended>((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  return { process: child, ended, stdout: () => printed.stdout, stderr: () => printed.stderr };
}

export type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs `server.ts` or `admin.ts` until it ends. */
export async function runProgram(
  file: "server.ts" | "admin.ts",
  args: readonly string[],
  env: Record<string, string>,
  input: string | null = null,
): Promise<Finished> {
  const program = startProgram(file, args, env, input);
  const limit = setTimeout(() => program.process.kill("SIGKILL"), 30_000);
  const { code } = await program.ended;
  clearTimeout(limit);
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

/** Runs an admin command on a data directory. */
export const runAdmin = (dataDir: string, ...args: readonly string[]): Promise<Finished> => runAdminWith({}, dataDir, ...args);

/** Runs an admin command on a data directory, with additional environment variables. */
export const runAdminWith = (env: Record<string, string>, dataDir: string, ...args: readonly string[]): Promise<Finished> =>
  runProgram("admin.ts", args, { LANDFALL_DATA_DIR: dataDir, ...env });
