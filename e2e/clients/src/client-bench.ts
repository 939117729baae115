import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClientName, isInstalled, runClient } from "./client-binary.ts";
import { type RestApi, restApi } from "./rest-api.ts";
import type { ProgramEnvironment, ProgramResult } from "./run-program.ts";
import { FIRST_RELEASE, type ScratchRepository, scratchRepository } from "./scratch-repository.ts";
import { ORGANIZATION, type RunningServer, startServer } from "./start-server.ts";

/** How one run differs from the usual one: another directory, other variables (`undefined` takes one away), more milliseconds. */
export type RunOptions = { readonly cwd?: string; readonly env?: ProgramEnvironment; readonly limit?: number };

/** A started server, a way to run clients that are configured for it, and a way to read what it stored. */
interface ClientBench {
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

/** What a scenario may know about the place it runs in. */
export type ScenarioFacts = { readonly bench: ClientBench; readonly repository: ScratchRepository };

/** One command and what must come of it. Every pattern must be found in its stream. */
type Step = {
  readonly client: ClientName;
  readonly args: readonly string[];
  readonly env?: ProgramEnvironment;
  readonly code: number;
  readonly stdout?: readonly RegExp[];
  readonly stderr?: readonly RegExp[];
};

/** One row of the acceptance table (clients.md 11): commands in order, then what the server must have stored. */
export type Scenario = {
  readonly id: string;
  readonly what: string;
  readonly steps: readonly Step[] | ((facts: ScenarioFacts) => readonly Step[]);
  readonly stored?: (facts: ScenarioFacts & { readonly started: number }) => Promise<void>;
};

/**
 * Registers one test for each scenario, all on one server and in order: later scenarios use the releases of earlier ones.
 * Every command runs in a git repository with the history `FIRST_RELEASE`. Steps of a client that this platform lacks are left out.
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
