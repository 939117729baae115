import { afterAll, beforeAll, describe } from "vitest";
import type { OpenTestStore, TestStore } from "../stores/test-store.ts";
import { storeSuiteQueries } from "./queries.ts";
import { storeSuiteTransactions } from "./transactions.ts";
import { storeSuiteValues } from "./values.ts";

/** What a part of the suite works with: one store for all its tests, which therefore use names of their own. */
export interface Opened extends Omit<TestStore, "close"> {
  /** What the store reported through `onError`, oldest first. */
  readonly reported: readonly (readonly [error: unknown, during: string])[];
  /** Makes an organization and answers its id. */
  organization(slug: string): Promise<number>;
}

/** The first PostgreSQL of a machine is started and migrated. */
const firstOpening = 60_000;

/** The behaviour every store has, whatever its database: run it once for each way to open one. */
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
          const [made] = await tx.insert(organizations).values(row).returning({ id: organizations.id });
          if (!made) throw new Error(`No organization ${slug} was made`);
          return made.id;
        }),
    };

    storeSuiteValues(on);
    storeSuiteQueries(on);
    storeSuiteTransactions(on);
  });
}
