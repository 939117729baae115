import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The exit code and the output of a program. */
export type ProgramResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Environment variables of one run; `undefined` removes a variable. */
export type ProgramEnvironment = Readonly<Record<string, string | undefined>>;

/** The options of one run: variables, directory (default: its empty home), and time limit in milliseconds (default: 20 s). */
export type ProgramOptions = { readonly env: ProgramEnvironment; readonly cwd?: string; readonly limit?: number };

/** The default time limit, in milliseconds. Runs with retries take longest. */
const TIME_LIMIT = 20_000;

/**
 * Runs a program with a clean environment: an empty home, no update check, no telemetry, and only `PATH` of the caller's environment.
 * Standard input is closed. `label` names the program in errors.
 *
 * @throws if it does not exit within its limit (it is then killed) or cannot be started.
 */
export async function runProgram(
  label: string,
  command: readonly [file: string, ...args: string[]],
  options: ProgramOptions,
): Promise<ProgramResult> {
  await using home = await scratchDirectory("home");
  const [file, ...args] = command;
  const env = Object.fromEntries(
    Object.entries({ ...quietEnvironment(home.path), ...options.env }).filter(([, value]) => value !== undefined),
  );
  // Without this `await`, the home would be deleted before the program starts.
  return await new Promise<ProgramResult>((done, fail) => {
    const child = execFile(
      file,
      args,
      { env, cwd: options.cwd ?? home.path, timeout: options.limit ?? TIME_LIMIT, killSignal: "SIGKILL", maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = child.exitCode;
        if (code !== null) return done({ code, stdout, stderr });
        const how = child.signalCode ?? "not started";
        fail(new Error(`${label} did not exit by itself (${how})\n${stdout}${stderr}`, { cause: error }));
      },
    );
    child.stdin?.end();
  });
}

function quietEnvironment(home: string): ProgramEnvironment {
  return {
    PATH: process.env["PATH"],
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: home,
    SENTRY_CONFIG_DIR: home,
    // All servers of these tests use plain HTTP on the loopback interface; other requests must fail.
    HTTPS_PROXY: "http://127.0.0.1:9",
    SENTRY_DISABLE_UPDATE_CHECK: "1",
    SENTRY_CLI_NO_UPDATE_CHECK: "1",
    SENTRY_CLI_NO_TELEMETRY: "1",
    SENTRY_LOAD_DOTENV: "0",
    DO_NOT_TRACK: "1",
    NO_COLOR: "1",
    GIT_CONFIG_NOSYSTEM: "1",
  };
}

/** The root of the monorepo, an absolute path without a trailing slash. */
export const repositoryRoot: string = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[/\\]$/, "");

const NEEDED_MAJOR = 24;

/**
 * The Node executable that runs the server and the TypeScript client.
 * The running one if it is new enough, otherwise the pinned `node` package.
 *
 * @throws if neither exists, with the command that installs it.
 */
export function projectNode(
  running: { version: string; execPath: string } = { version: process.versions.node, execPath: process.execPath },
): string {
  if (Number.parseInt(running.version, 10) >= NEEDED_MAJOR) return running.execPath;
  const pinned = join(repositoryRoot, "node_modules", ".bin", "node");
  if (!existsSync(pinned))
    throw new Error(`Node ${NEEDED_MAJOR} is needed, this is ${running.version}, and ${pinned} is missing: run "pnpm install"`);
  return pinned;
}

/** A temporary directory that is deleted with its scope (`await using`). */
export interface ScratchDirectory extends AsyncDisposable {
  readonly path: string;
}

/** Creates an empty temporary directory; `purpose` is a part of its name. */
export async function scratchDirectory(purpose: string): Promise<ScratchDirectory> {
  const path = await mkdtemp(join(tmpdir(), `landfall-e2e-${purpose}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
