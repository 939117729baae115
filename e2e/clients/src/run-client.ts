import { execFile } from "node:child_process";
import { clientBinary, type ClientName } from "./client-binary.ts";
import { projectNode } from "./project-node.ts";
import { scratchDirectory } from "./scratch-directory.ts";

/** What a finished client left: its exit code and everything it printed. */
export type ClientResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Environment variables of one run; `undefined` takes a variable away. */
export type ClientEnvironment = Readonly<Record<string, string | undefined>>;

/** How long one run of a client may take unless said otherwise, in milliseconds. Retries with waiting are the longest. */
const TIME_LIMIT = 20_000;

/**
 * Runs one unmodified client with a clean environment: an empty home, no update check, no telemetry, nothing of the caller's
 * environment but `PATH`. Standard input is closed at once.
 *
 * @throws when the client does not end within `limit` milliseconds (20 s; it is killed then) or cannot be started.
 */
export async function runClient(
  client: ClientName,
  args: readonly string[],
  options: { env: ClientEnvironment; cwd?: string; limit?: number },
): Promise<ClientResult> {
  await using home = await scratchDirectory("home");
  const { file, leading } = clientBinary(client, projectNode());
  const env = Object.fromEntries(
    Object.entries({ ...quietEnvironment(home.path), ...options.env }).filter(([, value]) => value !== undefined),
  );
  // Without this `await` the home would be gone before the client starts.
  return await new Promise<ClientResult>((done, fail) => {
    const child = execFile(
      file,
      [...leading, ...args],
      { env, cwd: options.cwd ?? home.path, timeout: options.limit ?? TIME_LIMIT, killSignal: "SIGKILL", maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = child.exitCode;
        if (code !== null) return done({ code, stdout, stderr });
        fail(
          new Error(
            `sentry client ${client} ${args.join(" ")} did not end by itself (${child.signalCode ?? "not started"})\n${stdout}${stderr}`,
            { cause: error },
          ),
        );
      },
    );
    child.stdin?.end();
  });
}

function quietEnvironment(home: string): ClientEnvironment {
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
