import { execFile, spawn } from "node:child_process";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { projectNode, repositoryRoot, scratchDirectory } from "./run-program.ts";

const run = promisify(execFile);

/** The time limit for the first response and for stopping, in milliseconds. */
const TIME_LIMIT = 30_000;

/** All servers compile the same sources; from the second one on, this saves a third of the start time. */
const COMPILED = join(repositoryRoot, "node_modules", ".cache", "landfall-e2e");

/** The organization and the projects of all servers in these tests. */
export const ORGANIZATION = "acme";

const PROJECTS = ["web", "api"] as const;

const Initialized = z.object({
  organization: z.string(),
  projects: z.array(z.object({ slug: z.string(), id: z.coerce.string() })),
  token: z.string(),
  ciToken: z.string(),
});

/** A running Landfall server with its own data directory. */
export interface RunningServer extends AsyncDisposable {
  /** The base URL, without a trailing slash. */
  readonly url: string;
  /** A token of an owner, with all scopes. */
  readonly token: string;
  /** An organization token (`sntrys_…`) with the scope `org:ci` only. */
  readonly ciToken: string;
  /** The projects with their ids as decimal text. */
  readonly projects: readonly { readonly slug: string; readonly id: string }[];
  /** The current process; a different one after `crash`. */
  readonly pid: number;
  /** The path of its data directory. */
  readonly dataDirectory: string;
  /** The output of its processes so far, both streams. */
  output(): string;
  /** Kills the process with SIGKILL and starts another on the same data and URL. */
  crash(): Promise<void>;
  /** Sends SIGTERM and waits for the exit. Returns the exit code. @throws if the process does not exit within 30 s. */
  stop(): Promise<number>;
}

/**
 * Initializes a fresh data directory and starts `apps/web/server.ts` on a free port, without pages.
 *
 * @param web the directory of `admin.ts` and `server.ts`; default: `LANDFALL_E2E_WEB` or `apps/web`
 *
 * @param more further environment variables of the server
 *
 * @throws if initialization fails, the server exits, or it is not ready within 30 s; the message contains the output.
 */
export async function startServer(
  web: string = process.env["LANDFALL_E2E_WEB"] ?? join(repositoryRoot, "apps", "web"),
  more: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const data = await scratchDirectory("data");
  try {
    const env = {
      ...(await addressOnLoopback()),
      PATH: process.env["PATH"],
      HOME: data.path,
      LANDFALL_DATA_DIR: join(data.path, "data"),
      NODE_COMPILE_CACHE: COMPILED,
      ...more,
    };
    const initialized = await initialize(web, env);
    let running = await spawnServer(web, env);
    let printed = "";
    return {
      url: running.url,
      get pid() {
        return running.pid;
      },
      dataDirectory: env.LANDFALL_DATA_DIR,
      output: () => printed + running.output(),
      stop: () => running.stop(),
      async crash() {
        await running.kill();
        printed += running.output();
        running = await spawnServer(web, env);
      },
      token: initialized.token,
      ciToken: initialized.ciToken,
      projects: initialized.projects,
      async [Symbol.asyncDispose]() {
        await running.stop().finally(() => data[Symbol.asyncDispose]());
      },
    };
  } catch (error) {
    await data[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * The variables that make a server listen on a free port of the loopback interface. The port is chosen before initialization, because
 * an organization token contains the URL of the server, which `sentry-cli` from 2.58 on requires.
 */
async function addressOnLoopback(): Promise<Readonly<Record<string, string>>> {
  const port = String(await freePort());
  return { HOST: "127.0.0.1", PORT: port, LANDFALL_URL: `http://127.0.0.1:${port}`, LANDFALL_PAGES: "off" };
}

async function initialize(web: string, env: NodeJS.ProcessEnv): Promise<z.output<typeof Initialized>> {
  const projects = PROJECTS.flatMap((slug) => ["--project", slug]);
  const owner = ["--email", "owner@example.test"];
  const args = [join(web, "admin.ts"), "init", "--org", ORGANIZATION, ...projects, ...owner, "--json"];
  const { stdout } = await run(projectNode(), args, { env, cwd: web, timeout: TIME_LIMIT });
  return Initialized.parse(JSON.parse(stdout));
}

type Spawned = Pick<RunningServer, "url" | "pid" | "output" | "stop"> & { kill(): Promise<unknown> };

async function spawnServer(web: string, env: NodeJS.ProcessEnv): Promise<Spawned> {
  const child = spawn(projectNode(), [join(web, "server.ts")], { env, cwd: web, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  const ended = new Promise<number>((end) => child.once("exit", (code, signal) => end(code ?? (signal === null ? 1 : 128))));
  const ready = new Promise<string>((found) => {
    const listen = (chunk: string) => {
      printed += chunk;
      const address = /ready on (http:\/\/\S+)/.exec(printed)?.[1];
      if (address !== undefined) found(address.replace(/\/$/, ""));
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", listen);
  });
  const failed = ended.then((code) => Promise.reject(new Error(`the server exited with ${code} before it was ready\n${printed}`)));
  const url = await within(TIME_LIMIT, Promise.race([ready, failed]), () => {
    child.kill("SIGKILL");
    return `the server was not ready after ${TIME_LIMIT} ms\n${printed}`;
  });
  failed.catch(() => {});
  return {
    url,
    // A process that was not started has no output.
    pid: child.pid ?? 0,
    output: () => printed,
    kill() {
      child.kill("SIGKILL");
      return ended;
    },
    stop() {
      child.kill("SIGTERM");
      return within(TIME_LIMIT, ended, () => {
        child.kill("SIGKILL");
        return `the server did not stop within ${TIME_LIMIT} ms of SIGTERM\n${printed}`;
      });
    },
  };
}

async function within<T>(milliseconds: number, work: Promise<T>, late: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(late())), milliseconds);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** Returns a free TCP port of the loopback interface. Another process can use it at any time. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening, failed) => probe.once("error", failed).listen(0, "127.0.0.1", listening));
  const port = portOf(probe);
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** Returns the port of a TCP server. */
export function portOf(server: Pick<Server, "address">): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a TCP port");
  return address.port;
}
