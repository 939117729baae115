import type { Runtime } from "../src/system/runtime.ts";

/** An in-memory runtime: output can be read, and prompts return what the test sets. */
export interface TestRuntime extends Runtime {
  readonly out: () => string;
  readonly err: () => string;
  readonly opened: readonly string[];
}

export type TestRuntimeOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly home?: string;
  readonly isTerminal?: boolean;
  readonly columns?: number;
  readonly secret?: string;
  /** The standard input. */
  readonly input?: string;
  readonly answer?: boolean | null;
  readonly fetch?: Runtime["fetch"];
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
};

/** The time of the clock in tests. */
export const NOW = new Date("2026-01-02T03:04:05Z");

/** Creates an in-memory runtime. Git is found by the PATH of the test process, and ignores the configuration of this machine. */
export function testRuntime(options: TestRuntimeOptions = {}): TestRuntime {
  const { env = {}, cwd = "/", home = "/nowhere", isTerminal = false, columns = 80, secret = "", input = "", answer = null } = options;
  const written = { out: "", err: "" };
  const opened: string[] = [];
  const output = (to: "out" | "err") => ({ isTerminal, columns, write: (text: string) => void (written[to] += text) });
  return {
    env: { PATH: process.env["PATH"] ?? "", HOME: home, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", ...env },
    cwd,
    home,
    stdout: output("out"),
    stderr: output("err"),
    now: options.now ?? (() => NOW),
    fetch: options.fetch ?? globalThis.fetch,
    signal: options.signal ?? new AbortController().signal,
    readSecret: async () => secret,
    readInput: async () => input,
    confirm: async () => answer,
    openUrl: async (url) => opened.push(url) > 0,
    out: () => written.out,
    err: () => written.err,
    opened,
  };
}
