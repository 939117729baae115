import { afterAll, beforeAll, expect, test } from "vitest";
import { clientBench, type ClientBench } from "./client-bench.ts";
import { type ClientName, isInstalled } from "./client-binary.ts";
import { FIRST_RELEASE } from "./planned-history.ts";
import type { ProgramEnvironment } from "./run-program.ts";
import { type ScratchRepository, scratchRepository } from "./scratch-repository.ts";

/** What a scenario may know about the place it runs in. */
export type ScenarioFacts = { readonly bench: ClientBench; readonly repository: ScratchRepository };

/** One command and what must come of it. Every pattern must be found in its stream. */
export type Step = {
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
