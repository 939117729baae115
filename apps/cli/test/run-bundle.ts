import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { testRuntime } from "./test-runtime.ts";

export type Ran = {
  /** Null if it was killed. */
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
  /** The processor time, in milliseconds. */
  readonly cpu: number;
  /** The peak memory, in bytes. */
  readonly memory: number;
};

export type RunOptions = {
  readonly cwd: string;
  readonly home: string;
  readonly env?: Record<string, string>;
  /** The standard input. */
  readonly input?: string;
  /** Kills the process when aborted. */
  readonly killed?: AbortSignal;
};

const REPORT_USAGE = `process.on("exit", () => process.stderr.write("\\n#usage " + JSON.stringify(process.resourceUsage())))`;

/** Runs the bundle in a separate process. */
export function runBundle(bundle: string, argv: readonly string[], options: RunOptions): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const env = { ...testRuntime({ home: options.home }).env, ...options.env };
    const preload = `data:text/javascript,${encodeURIComponent(REPORT_USAGE)}`;
    const child = spawn(process.execPath, ["--import", preload, bundle, ...argv], { cwd: options.cwd, env, timeout: 60_000 });
    const texts = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => void (texts.out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => void (texts.err += text));
    child.stdin.on("error", () => {}).end(options.input ?? "");
    options.killed?.addEventListener("abort", () => child.kill("SIGKILL"));
    child.on("error", reject).on("close", (exit) => {
      const [err = "", usage = "{}"] = texts.err.split("\n#usage ");
      const { userCPUTime = 0, systemCPUTime = 0, maxRSS = 0 } = readUsage(usage);
      const cpu = (userCPUTime + systemCPUTime) / 1000;
      resolve({ exit, out: texts.out, err, ms: performance.now() - start, cpu, memory: maxRSS * 1024 });
    });
  });
}

/** Written by this file's own preload script. */
const readUsage = (text: string): Partial<NodeJS.ResourceUsage> => JSON.parse(text);
