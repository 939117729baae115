import { execFile } from "node:child_process";
import { accessSync, chownSync, constants, globSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { scratchDirectory } from "./run-program.ts";
import { freePort } from "./start-server.ts";

const run = promisify(execFile);

/** The user and group "nobody": PostgreSQL refuses to run as root. */
const NOBODY = 65_534;

/** A separate PostgreSQL server that a test can stop. */
export interface PrivatePostgres extends AsyncDisposable {
  /** The URL of its database. */
  readonly url: string;
  /** Stops it like an administrator: connections are closed, and no data is lost. */
  stop(): Promise<void>;
  /** Starts it again on the same port, and waits until it accepts connections. */
  start(): Promise<void>;
}

/** The directory of `pg_ctl` and `initdb`; null if PostgreSQL's server programs are not installed. */
export function postgresPrograms(): string | null {
  const places = [...(process.env["PATH"] ?? "").split(delimiter), ...globSync("/usr/lib/postgresql/*/bin").toSorted().toReversed()];
  return places.find((place) => ["initdb", "pg_ctl"].every((name) => isExecutable(join(place, name)))) ?? null;
}

/** Creates an empty database cluster and starts it on a free port. */
export async function privatePostgres(programs: string): Promise<PrivatePostgres> {
  const scratch = await scratchDirectory("postgres");
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(scratch.path, NOBODY, NOBODY);
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const program = async (name: string, ...args: readonly string[]) => {
    await run(join(programs, name), args, { ...as, cwd: scratch.path, env: { PATH: process.env["PATH"], LC_ALL: "C" } });
  };
  const data = join(scratch.path, "data");
  const port = await freePort();
  await program("initdb", "--pgdata", data, "--username", "landfall", "--auth", "trust", "--no-sync", "--encoding", "UTF8");
  const options = `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${scratch.path} -c fsync=off`;
  const postgres: PrivatePostgres = {
    url: `postgres://landfall@127.0.0.1:${port}/postgres`,
    stop: () => program("pg_ctl", "stop", "--pgdata", data, "--mode", "fast", "--wait"),
    start: () => program("pg_ctl", "start", "--pgdata", data, "--wait", "--log", join(scratch.path, "log"), "--options", options),
    async [Symbol.asyncDispose]() {
      await program("pg_ctl", "stop", "--pgdata", data, "--mode", "immediate", "--wait").catch(() => {
        // It is already stopped.
      });
      await scratch[Symbol.asyncDispose]();
    },
  };
  await postgres.start();
  return postgres;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return dirname(file) !== ".";
  } catch {
    return false;
  }
}
