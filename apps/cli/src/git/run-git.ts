import { execFile, type ExecFileException, spawn } from "node:child_process";
import { CliError } from "../system/errors.ts";

/** Where and how git runs. */
export type GitOptions = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
};

/** The output and the exit code of git. */
export type GitResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Makes the output independent of the user's configuration: no pager, unquoted paths, no signatures. Reading takes no locks. */
const GIT_SETTINGS = ["--no-pager", "--no-optional-locks", "-c", "core.quotePath=false", "-c", "log.showSignature=false"] as const;

/** English messages, and no prompts. */
const gitEnvironment = (env: GitOptions["env"]): Record<string, string | undefined> => ({
  ...env,
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
});

/** Runs git without a shell. Resolves also if git fails. @throws CliError if git cannot be started, or prints more than 16 MiB. */
export function runGit({ cwd, env, signal }: GitOptions, args: readonly string[]): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: gitEnvironment(env), maxBuffer: MAX_OUTPUT_BYTES, encoding: "utf8", signal } as const;
    execFile("git", [...GIT_SETTINGS, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(gitFailure(error));
    });
  });
}

/** Converts an error from `child_process`. */
function gitFailure(error: ExecFileException | Error | null): CliError {
  const code = error && "code" in error ? error.code : null;
  if (code === "ENOENT") return new CliError("failure", "git was not found.", "Install git, or add it to the PATH.");
  if (code === "ABORT_ERR") return new CliError("interrupted", "Interrupted.");
  return new CliError("failure", `git failed: ${error?.message ?? "unknown reason"}`);
}

const MAX_STDERR_LENGTH = 4_096;

/**
 * Streams the output of git, so that a long history is never in memory as a whole. Git is killed when the consumer stops reading.
 * @throws CliError after the output if git failed.
 */
export async function* streamGit({ cwd, env, signal }: GitOptions, args: readonly string[]): AsyncGenerator<Buffer, void, undefined> {
  const git = spawn("git", [...GIT_SETTINGS, ...args], {
    cwd,
    env: gitEnvironment(env),
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let stderr = "";
  git.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(0, MAX_STDERR_LENGTH);
  });
  const ended = new Promise<number | Error>((resolve) => {
    git.on("error", resolve).on("close", (code) => resolve(code ?? 1));
  });
  try {
    for await (const piece of git.stdout) yield piece;
    const end = await ended;
    if (end instanceof Error) throw gitFailure(end);
    if (end !== 0) throw new CliError("failure", `git ${args[0] ?? ""} failed: ${stderr.trim() || `exit code ${end}`}`);
  } finally {
    git.kill();
  }
}
