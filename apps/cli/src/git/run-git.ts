import { execFile, type ExecFileException, spawn } from "node:child_process";
import { CliError } from "../system/errors.ts";

/** Where git works. */
export type GitOptions = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
};

/** What git printed, and how it ended. */
export type GitResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

const MOST_BYTES = 16 * 1024 * 1024;

/** The same whoever runs it: English, no pager, no questions, paths as they are, no locks taken for looking. */
const GIT_SETTINGS = ["--no-pager", "--no-optional-locks", "-c", "core.quotePath=false", "-c", "log.showSignature=false"] as const;

/** The environment git runs in. */
const gitEnvironment = (env: GitOptions["env"]): Record<string, string | undefined> => ({
  ...env,
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
});

/** Runs git without a shell. Answers also when git says no; throws a CliError when there is no git at all, or it prints without end. */
export function runGit({ cwd, env, signal }: GitOptions, args: readonly string[]): Promise<GitResult> {
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
function gitFailure(error: ExecFileException | Error | null): CliError {
  const code = error && "code" in error ? error.code : null;
  if (code === "ENOENT") return new CliError("failure", "git cannot be started.", "Install git, or put it on the PATH.");
  if (code === "ABORT_ERR") return new CliError("interrupted", "Interrupted.");
  return new CliError("failure", `git failed: ${error?.message ?? "for no reason it tells"}`);
}

const MOST_STDERR = 4_096;

/**
 * What git prints, piece by piece as it comes: a long history is never held as a whole. Git is stopped when the reader is. Throws a
 * CliError at the end when git failed.
 */
export async function* streamGit({ cwd, env, signal }: GitOptions, args: readonly string[]): AsyncGenerator<Buffer, void, undefined> {
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
