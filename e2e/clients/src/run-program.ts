import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a finished program left: its exit code and everything it printed. */
export type ProgramResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Environment variables of one run; `undefined` takes a variable away. */
export type ProgramEnvironment = Readonly<Record<string, string | undefined>>;

/** How one run differs from the usual one: its variables, another directory than its empty home, other milliseconds than 20 s. */
export type ProgramOptions = { readonly env: ProgramEnvironment; readonly cwd?: string; readonly limit?: number };

/** How long one run may take unless said otherwise, in milliseconds. Retries with waiting are the longest. */
const TIME_LIMIT = 20_000;

/**
 * Runs a program with a clean environment: an empty home, no update check, no telemetry, nothing of the caller's environment but `PATH`.
 * Standard input is closed at once. `called` is what the program is called in errors.
 *
 * @throws when it does not end within its limit (it is killed then) or cannot be started.
 */
export async function runProgram(
  called: string,
  command: readonly [file: string, ...args: string[]],
  options: ProgramOptions,
): Promise<ProgramResult> {
  await using home = await scratchDirectory("home");
  const [file, ...args] = command;
  const env = Object.fromEntries(
    Object.entries({ ...quietEnvironment(home.path), ...options.env }).filter(([, value]) => value !== undefined),
  );
  // Without this `await` the home would be gone before the program starts.
  return await new Promise<ProgramResult>((done, fail) => {
    const child = execFile(
      file,
      args,
      { env, cwd: options.cwd ?? home.path, timeout: options.limit ?? TIME_LIMIT, killSignal: "SIGKILL", maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = child.exitCode;
        if (code !== null) return done({ code, stdout, stderr });
        const how = child.signalCode ?? "not started";
        fail(new Error(`${called} did not end by itself (${how})\n${stdout}${stderr}`, { cause: error }));
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
    // Every server of these tests is plain HTTP on the loopback interface; whatever wants to go elsewhere must not get there.
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
 * It is the running one when that is new enough, otherwise the `node` package that the project pins.
 *
 * @throws when neither exists, saying what to install.
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

/** A temporary directory that disappears with its scope (`await using`). */
export interface ScratchDirectory extends AsyncDisposable {
  readonly path: string;
}

/** Makes an empty directory of its own under the system's temporary directory; `purpose` is a part of its name. */
export async function scratchDirectory(purpose: string): Promise<ScratchDirectory> {
  const path = await mkdtemp(join(tmpdir(), `landfall-e2e-${purpose}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
