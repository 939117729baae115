import { afterAll, beforeAll } from "vitest";
import type { ClientName } from "./client-binary.ts";
import { restApi, type RestApi } from "./rest-api.ts";
import { runClient } from "./run-client.ts";
import type { ProgramEnvironment, ProgramResult } from "./run-program.ts";
import { ORGANIZATION, type RunningServer, startServer } from "./start-server.ts";

/** How one run differs from the usual one: another directory, other variables (`undefined` takes one away), more milliseconds. */
export type RunOptions = { readonly cwd?: string; readonly env?: ProgramEnvironment; readonly limit?: number };

/** A started server, a way to run clients that are configured for it, and a way to read what it stored. */
export interface ClientBench {
  /** The running server. Only to be asked for inside tests and hooks. */
  readonly server: RunningServer;
  /** Reads the server's state with the owner's token. */
  readonly api: RestApi;
  /** Runs a client with the server's address, the owner's token, the organization `acme` and the project `web`. */
  run(client: ClientName, args: readonly string[], options?: RunOptions): Promise<ProgramResult>;
}

/** Registers hooks that give the surrounding `describe` (or file) a server of its own, and stop it at the end. */
export function clientBench(): ClientBench {
  let running: { server: RunningServer; api: RestApi } | undefined;
  beforeAll(async () => {
    const server = await startServer();
    running = { server, api: restApi(server.url, server.token) };
  });
  afterAll(() => running?.server[Symbol.asyncDispose]());

  const started = () => {
    if (running === undefined) throw new Error("the server of this bench has not been started: ask for it inside a test");
    return running;
  };
  return {
    get server() {
      return started().server;
    },
    get api() {
      return started().api;
    },
    run: (client, args, options = {}) =>
      runClient(client, args, {
        ...(options.cwd !== undefined && { cwd: options.cwd }),
        ...(options.limit !== undefined && { limit: options.limit }),
        env: { ...usualEnvironment(started().server), ...options.env },
      }),
  };
}

/** The variables that point any client at the server: address, owner's token, organization and project. */
export function usualEnvironment(server: RunningServer): ProgramEnvironment {
  return { SENTRY_URL: server.url, SENTRY_AUTH_TOKEN: server.token, SENTRY_ORG: ORGANIZATION, SENTRY_PROJECT: "web" };
}
