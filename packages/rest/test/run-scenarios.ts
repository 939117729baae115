import { isPostgresAvailable } from "@landfall/testing/stores/open-test-postgres";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWire, type Wire } from "./open-wire.ts";
import type { Step } from "./steps.ts";
import { type ScenarioOptions, openScenario, type ScenarioContext } from "./scenario-context.ts";

/** Calls to the REST API, one after the other, in an organization of their own. The name begins with the contract's id or section. */
export type Scenario = {
  readonly name: string;
  readonly given?: ScenarioOptions;
  readonly steps: readonly Step[];
  /** A database that cannot run this scenario; the name has the reason. */
  readonly except?: TestStoreKind;
};

/** A table of scenarios that change nothing, or nothing that the others read: they share one organization. */
export type Sharing = {
  readonly sharing: readonly Scenario[];
  readonly given?: ScenarioOptions;
  /** Steps that run once, before the first scenario. */
  readonly before?: readonly Step[];
};

const KINDS: readonly TestStoreKind[] = ["sqlite", "pglite", "postgres"];
const hasPostgres = await isPostgresAvailable();

/** Runs `work` for each database. Without a PostgreSQL server its tests are shown as skipped. */
export function onEachDatabase(subject: string, work: (kind: TestStoreKind) => void): void {
  for (const kind of KINDS) describe.skipIf(kind === "postgres" && !hasPostgres)(`${subject} on ${kind}`, () => work(kind));
}

/** Runs each scenario on each database. The clock does not move until a scenario moves it. */
export function runScenarios(subject: string, tables: readonly (readonly Scenario[] | Sharing)[]): void {
  onEachDatabase(subject, (kind) => {
    let wire: Wire;
    beforeAll(async () => {
      wire = await openWire(kind);
    });
    afterAll(() => wire.close());

    for (const table of tables) {
      let shared: Promise<ScenarioContext> | undefined;
      const scenarios = "sharing" in table ? table.sharing : table;
      it.each(scenarios.filter(({ except }) => except !== kind))("$name", async ({ given, steps }) => {
        expect.hasAssertions();
        wire.clock.set("2026-01-02T03:04:05.678Z");
        const on = "sharing" in table ? await (shared ??= openShared(wire, table)) : await openScenario(wire, given);
        for (const step of steps) await step(on);
      });
    }
  });
}

async function openShared(wire: Wire, { given, before = [] }: Sharing): Promise<ScenarioContext> {
  const on = await openScenario(wire, given);
  for (const step of before) await step(on);
  return on;
}
