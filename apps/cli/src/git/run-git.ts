import { type ExecFileException, execFile } from "node:child_process";
import { CliError } from "../cli-error.ts";

/** Where git works. */
export type GitPlace = { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>>; readonly signal?: AbortSignal };

/** What git printed, and how it ended. */
export type GitAnswer = { readonly code: number; readonly stdout: string; readonly stderr: string };

const MOST_BYTES = 16 * 1024 * 1024;

/** The same whoever runs it: English, no pager, no questions, paths as they are, no locks taken for looking. */
export const GIT_SETTINGS = ["--no-pager", "--no-optional-locks", "-c", "core.quotePath=false", "-c", "log.showSignature=false"] as const;

/** The environment git runs in. */
export const gitEnvironment = (env: GitPlace["env"]): Record<string, string | undefined> => ({
  ...env,
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
});

/** Runs git without a shell. Answers also when git says no; throws a CliError when there is no git at all, or it prints without end. */
export function runGit({ cwd, env, signal }: GitPlace, args: readonly string[]): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: gitEnvironment(env), maxBuffer: MOST_BYTES, encoding: "utf8", ...(signal ? { signal } : {}) } as const;
    execFile("git", [...GIT_SETTINGS, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(gitFailure(error));
    });
  });
}

/** Why git could not be run. */
export function gitFailure(error: ExecFileException | Error | null): CliError {
  const code = error && "code" in error ? error.code : null;
  if (code === "ENOENT") return new CliError("failure", "git cannot be started.", "Install git, or put it on the PATH.");
  if (code === "ABORT_ERR") return new CliError("interrupted", "Interrupted.");
  return new CliError("failure", `git failed: ${error?.message ?? "for no reason it tells"}`);
}
