import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClientName, isInstalled, runClient } from "./client-binary.ts";
import { type RestApi, restApi } from "./rest-api.ts";
import type { ProgramEnvironment, ProgramResult } from "./run-program.ts";
import { FIRST_RELEASE, type ScratchRepository, scratchRepository } from "./scratch-repository.ts";
import { ORGANIZATION, type RunningServer, startServer } from "./start-server.ts";

/** The options of one run: directory, additional variables (`undefined` removes one), and time limit in milliseconds. */
export type RunOptions = { readonly cwd?: string; readonly env?: ProgramEnvironment; readonly limit?: number };

/** A running server, with functions to run clients against it and to read its data. */
interface ClientBench {
  /** The running server; available only in tests and hooks. */
  readonly server: RunningServer;
  /** Reads the data of the server with the owner's token. */
  readonly api: RestApi;
  /** Runs a client with the URL of the server, the owner's token, the organization `acme`, and the project `web`. */
  run(client: ClientName, args: readonly string[], options?: RunOptions): Promise<ProgramResult>;
}

/** Registers hooks that start a server for the surrounding `describe` or file, and stop it at the end. */
export function clientBench(): ClientBench {
  let running: { server: RunningServer; api: RestApi } | undefined;
  beforeAll(async () => {
    const server = await startServer();
    running = { server, api: restApi(server.url, server.token) };
  });
  afterAll(() => running?.server[Symbol.asyncDispose]());

  const started = () => {
    if (running === undefined) throw new Error("the server is not started yet: use it inside a test");
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
        cwd: options.cwd,
        limit: options.limit,
        env: { ...usualEnvironment(started().server), ...options.env },
      }),
  };
}

/** The variables that configure clients for the server: URL, owner's token, organization, and project. */
export function usualEnvironment(server: RunningServer): ProgramEnvironment {
  return { SENTRY_URL: server.url, SENTRY_AUTH_TOKEN: server.token, SENTRY_ORG: ORGANIZATION, SENTRY_PROJECT: "web" };
}

/** The environment of a scenario. */
export type ScenarioFacts = { readonly bench: ClientBench; readonly repository: ScratchRepository };

/** One command and its expected result. All patterns must match their stream. */
type Step = {
  readonly client: ClientName;
  readonly args: readonly string[];
  readonly env?: ProgramEnvironment;
  readonly code: number;
  readonly stdout?: readonly RegExp[];
  readonly stderr?: readonly RegExp[];
};

/** One row of the acceptance table (clients.md 11): commands in order, then the expected data on the server. */
export type Scenario = {
  readonly id: string;
  readonly what: string;
  readonly steps: readonly Step[] | ((facts: ScenarioFacts) => readonly Step[]);
  readonly stored?: (facts: ScenarioFacts & { readonly started: number }) => Promise<void>;
};

/**
 * Registers one test per scenario, in order and on one server: later scenarios use the releases of earlier ones.
 * All commands run in a git repository with the history `FIRST_RELEASE`. Steps of clients that this platform does not have are skipped.
 */
export function runScenarios(scenarios: readonly Scenario[]): void {
  const bench = clientBench();
  let repository: ScratchRepository;
  beforeAll(async () => {
    repository = await scratchRepository(FIRST_RELEASE);
  });
  afterAll(() => repository[Symbol.asyncDispose]());

  test.each(scenarios)("$id $what", async ({ steps, stored }) => {
    const facts = { bench, repository };
    const started = Date.now();
    for (const step of typeof steps === "function" ? steps(facts) : steps) {
      if (!isInstalled(step.client)) continue;
      const result = await bench.run(step.client, step.args, { cwd: repository.path, ...(step.env && { env: step.env }) });
      const ran = { command: `${step.client}: ${step.args.join(" ")}`, ...result };
      expect(ran).toMatchObject({ code: step.code });
      for (const pattern of step.stdout ?? []) expect(ran).toMatchObject({ stdout: expect.stringMatching(pattern) });
      for (const pattern of step.stderr ?? []) expect(ran).toMatchObject({ stderr: expect.stringMatching(pattern) });
    }
    await stored?.({ ...facts, started });
  });
}
