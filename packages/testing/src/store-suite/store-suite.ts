import { afterAll, beforeAll, describe } from "vitest";
import type { OpenTestStore, TestStore } from "../stores/test-store.ts";
import { storeSuiteQueries } from "./queries.ts";
import { storeSuiteTransactions } from "./transactions.ts";
import { storeSuiteValues } from "./values.ts";

/** The context of the tests: one store for all of them, so that each uses its own names. */
export interface Opened extends Omit<TestStore, "close"> {
  /** The errors that the store reported through `onError`, oldest first. */
  readonly reported: readonly (readonly [error: unknown, during: string])[];
  /** Creates an organization and returns its id. */
  organization(slug: string): Promise<number>;
}

/** The first PostgreSQL on a machine must be started and migrated. */
const firstOpening = 60_000;

/** The behavior of every store, for any database: run it once for each way to open one. */
export function storeSuite(name: string, open: OpenTestStore): void {
  describe(name, () => {
    const reported: [unknown, string][] = [];
    let opened: TestStore | undefined;
    beforeAll(async () => {
      opened = await open({ onError: (error, during) => void reported.push([error, during]) });
    }, firstOpening);
    afterAll(() => opened?.close());

    const current = () => {
      if (!opened) throw new Error("The store is opened before the first test");
      return opened;
    };
    const on: Opened = {
      reported,
      get store() {
        return current().store;
      },
      get dialect() {
        return current().dialect;
      },
      organization: (slug) =>
        on.store.transaction(async (tx) => {
          const { organizations } = tx.tables;
          const row = { slug, name: slug, dateCreated: new Date("2026-01-02T03:04:05.678Z") };
          const [created] = await tx.insert(organizations).values(row).returning({ id: organizations.id });
          if (!created) throw new Error(`No organization ${slug} was created`);
          return created.id;
        }),
    };

    storeSuiteValues(on);
    storeSuiteQueries(on);
    storeSuiteTransactions(on);
  });
}
