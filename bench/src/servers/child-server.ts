import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Memory of a process in MiB; NaN if the system does not report it. `resident` includes mapped parts of files, which the system can release;
 * `own` does not.
 */
export type Memory = { readonly resident: number; readonly own: number };

/** A server in a separate process. */
export interface ChildServer {
  readonly origin: string;
  readonly port: number;
  /** From process start to the ready line. */
  readonly startMilliseconds: number;
  memory(): Memory;
  /** CPU time so far, in milliseconds; NaN if the system does not report it. */
  processorTime(): number;
  /** Stops the process, with SIGKILL if needed. */
  stop(): Promise<void>;
}

export type ChildOptions = { readonly env: Readonly<Record<string, string>>; readonly timeLimit?: number };

const READY = /ready on (http:\/\/\S+)/;

/**
 * Starts `node …args`. Resolves when it prints `ready on http://…`. @throws with its output if it exits first or is not ready within
 * `timeLimit` milliseconds (60,000).
 */
export async function startChild(args: readonly string[], { env, timeLimit = 60_000 }: ChildOptions): Promise<ChildServer> {
  const started = performance.now();
  const child = spawn(process.execPath, [...args], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const origin = await readyOrigin(child, args, timeLimit);
  const startMilliseconds = performance.now() - started;
  const { pid } = child;
  return {
    origin,
    port: Number(new URL(origin).port),
    startMilliseconds,
    memory: () => memoryOf(pid),
    processorTime: () => processorTime(pid),
    stop: () => stop(child),
  };
}

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

function readyOrigin(child: ChildProcess, args: readonly string[], timeLimit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const fail = (why: string) => {
      child.kill("SIGKILL");
      reject(new Error(`node ${args.join(" ")} ${why}. Output:\n${printed}`));
    };
    const timer = setTimeout(() => fail(`was not ready within ${timeLimit} ms`), timeLimit);
    const onData = (data: Buffer) => {
      if (printed.length < 100_000) printed += data.toString();
      const origin = READY.exec(printed)?.[1];
      if (origin === undefined) return;
      clearTimeout(timer);
      resolve(origin);
    };
    child.stdout?.on("data", onData);
    child.stderr?.on("data", onData);
    child.once("error", (error) => fail(`could not be started (${error.message})`));
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      fail(`exited (${signal ?? code}) before it was ready`);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const isLate = await Promise.race([ended.then(() => false), wait(5_000, true, { ref: false })]);
  if (isLate) child.kill("SIGKILL");
  await ended;
}

function memoryOf(pid: number | undefined): Memory {
  const status = ofProcess(pid, "status");
  const mebibytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? Number.NaN) / 1024;
  return { resident: mebibytes("VmRSS"), own: mebibytes("RssAnon") };
}

/** Linux reports hundredths of a second in the 14th and 15th field, after the name, which may contain spaces and parentheses. */
function processorTime(pid: number | undefined): number {
  const stat = ofProcess(pid, "stat");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return stat === "" ? Number.NaN : (Number(fields[11]) + Number(fields[12])) * 10;
}

function ofProcess(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
