import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const TIME_LIMIT = 60_000;

/** A shell in its own git repository, with sentry-cli from npm, for the commands that pages show. */
export interface Shell {
  /** Adds a commit to the repository. */
  commit(author: string, message: string): Promise<void>;
  /** Runs lines. Returns the output. @throws if a line fails. */
  paste(lines: string): Promise<string>;
}

/** Opens a shell whose repository and home directory are in `folder`. */
export async function openShell(folder: string): Promise<Shell> {
  const repository = path.join(folder, "repository");
  const programs = path.join(folder, "bin");
  mkdirSync(repository);
  mkdirSync(programs);
  symlinkSync(sentryCli(), path.join(programs, "sentry-cli"));
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    SENTRY_DISABLE_UPDATE_CHECK: "1",
    NODE_ENV: "production" as const,
  };
  const options = { cwd: repository, env, timeout: TIME_LIMIT };
  const git = (...args: readonly string[]) => run("git", [...args], options);
  await git("init", "--quiet", "--initial-branch=main");
  await git("remote", "add", "origin", "https://git.example.test/acme/web.git");
  return {
    async commit(author, message) {
      const [name = "", email = ""] = author.split(/[<>]/);
      const settings = ["-c", `user.name=${name.trim()}`, "-c", `user.email=${email}`];
      await git(...settings, "commit", "--quiet", "--allow-empty", "--no-gpg-sign", "-m", message);
    },
    async paste(lines) {
      const { stdout, stderr } = await run("bash", ["-e", "-c", lines], options);
      return stdout + stderr;
    },
  };
}

/** Returns the path of the binary, without its wrapper script. */
function sentryCli(): string {
  const manifest = createRequire(import.meta.url).resolve("@sentry/cli/package.json");
  const system = process.platform === "darwin" ? "darwin" : `${process.platform}-${process.arch}`;
  return createRequire(manifest).resolve(`@sentry/cli-${system}/bin/sentry-cli`);
}
