import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** Another process that runs `test/scripts/<name>`; it is killed when the test ends. */
export interface OtherProcess {
  /** The printed lines so far. */
  readonly lines: readonly string[];
  /** Waits until it has printed `line`. */
  waitFor(line: string): Promise<void>;
  /** Kills it, without a chance to clean up. */
  kill(): Promise<void>;
}

export function runScript(name: string, ...words: string[]): OtherProcess {
  return runScriptIn({}, name, ...words);
}

/** The same with additional environment variables. */
export function runScriptIn(env: Readonly<Record<string, string>>, name: string, ...words: string[]): OtherProcess {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "scripts", name), ...words], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  return {
    lines,
    async waitFor(line) {
      while (!lines.includes(line))
        await Promise.race([once(reader, "line"), ended.then(() => Promise.reject(new Error(`${name} ended without printing "${line}"`)))]);
    },
    kill,
  };
}
