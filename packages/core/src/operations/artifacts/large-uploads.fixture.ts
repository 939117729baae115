import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import type { TestStoreKind } from "@landfall/testing/stores/open-test-store";
import type { App } from "../../kernel/app.ts";
import type { Context } from "../../kernel/context.ts";
import { FILES_AT_ONCE } from "../../records/artifacts/delete-bundles.ts";
import { createRelease } from "../releases/create.ts";
import { createAssembler } from "./assembler.ts";

/** More files than one transaction stores, and the number of transactions that store them. */
export const FILES = 2 * FILES_AT_ONCE + 1;
export const PARTS = 3;

/** The organization "acme" with the project "web" and its release "1", and the context of its owner. */
export async function openLargeUploads(kind: TestStoreKind): Promise<{ readonly bench: TestApp; readonly owner: Context }> {
  const organization = "acme";
  const bench = await createTestApp(kind);
  await bench.given.organization(organization, { teams: ["crew"], projects: { web: "crew" } });
  await bench.given.user("ann@acme.test", { organization, role: "owner" });
  const owner = await callers(bench.app, bench.given).person("ann@acme.test");
  await createRelease(owner, { organization, version: "1", projects: ["web"] });
  return { bench, owner };
}

/** Runs the assembler until it has no more work. Returns its errors. */
export async function assembleAll(app: App): Promise<unknown[]> {
  const errors: unknown[] = [];
  const assembler = createAssembler(app, { onError: (error) => errors.push(error) });
  assembler.wake();
  assembler.wake();
  await assembler.idle();
  return errors;
}

/** Returns the application with `before` run before each transaction of its store, which are numbered from 1. */
export function beforeTransactions(app: App, before: (transaction: number) => Promise<void>): App {
  const { store } = app;
  let transactions = 0;
  return {
    ...app,
    store: {
      ...store,
      transaction: async (work) => {
        transactions += 1;
        await before(transactions);
        return store.transaction(work);
      },
    },
  };
}

/** Returns the application as if the process ended before this transaction of its store. */
export const endingBefore = (app: App, last: number): App =>
  beforeTransactions(app, (transaction) => (transaction >= last ? Promise.reject(new Error("the process ends")) : Promise.resolve()));
