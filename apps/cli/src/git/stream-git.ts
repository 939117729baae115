import { spawn } from "node:child_process";
import { CliError } from "../cli-error.ts";
import { GIT_SETTINGS, gitEnvironment, gitFailure, type GitPlace } from "./run-git.ts";

const MOST_STDERR = 4_096;

/**
 * What git prints, piece by piece as it comes: a long history is never held as a whole. Git is stopped when the reader is. Throws a
 * CliError at the end when git failed.
 */
export async function* streamGit({ cwd, env, signal }: GitPlace, args: readonly string[]): AsyncGenerator<Buffer, void, undefined> {
  const git = spawn("git", [...GIT_SETTINGS, ...args], {
    cwd,
    env: gitEnvironment(env),
    stdio: ["ignore", "pipe", "pipe"],
    ...(signal ? { signal } : {}),
  });
  let complaint = "";
  git.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(0, MOST_STDERR);
  });
  const ended = new Promise<number | Error>((resolve) => {
    git.on("error", resolve).on("close", (code) => resolve(code ?? 1));
  });
  try {
    for await (const piece of git.stdout) yield piece;
    const end = await ended;
    if (end instanceof Error) throw gitFailure(end);
    if (end !== 0) throw new CliError("failure", `git ${args[0] ?? ""} failed: ${complaint.trim() || `exit code ${end}`}`);
  } finally {
    git.kill();
  }
}
