import { execFile } from "node:child_process";
import path from "node:path";

export type Finished = { readonly stdout: string; readonly stderr: string; readonly signal: NodeJS.Signals | null };

/** Runs `test/scripts/<name>` until it exits or is killed, with additional environment variables and a module to load first. */
export function runToEnd(
  name: string,
  words: readonly string[],
  {
    preload,
    env = {},
    under = [],
  }: { readonly preload?: string; readonly env?: Record<string, string>; readonly under?: readonly string[] },
): Promise<Finished> {
  const script = (file: string) => path.join(import.meta.dirname, "scripts", file);
  const line = [...under, process.execPath, ...(preload === undefined ? [] : ["--import", script(preload)]), script(name)];
  const [command = process.execPath, ...rest] = line;
  return new Promise((resolve) => {
    execFile(command, [...rest, ...words], { env: { PATH: process.env.PATH, ...env } }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, signal: error?.signal ?? null }),
    );
  });
}
