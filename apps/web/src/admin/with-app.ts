import { existsSync } from "node:fs";
import path from "node:path";
import { createApp } from "@landfall/core/create-app";
import { userActor } from "@landfall/core/kernel/actor";
import type { App } from "@landfall/core/kernel/app";
import type { Context } from "@landfall/core/kernel/context";
import { createStorageQuotas } from "@landfall/core/records/artifacts/storage-quotas";
import { assertUsable } from "@landfall/db/sqlite/claim";
import { resolveDatabase } from "@landfall/db/sqlite/files";
import type { Page } from "@landfall/schema/page";
import { eq } from "drizzle-orm";
import { serverContext } from "#server/lifecycle/server-context.ts";
import { openBlobs, openStore } from "#server/lifecycle/open-storage.ts";
import { OperatorError } from "#server/lifecycle/operator-error.ts";
import type { Env } from "../../env.ts";

/**
 * Runs `work` with an app over the store of the data directory, with or without a running server, and closes it. The origin is
 * `LANDFALL_URL`, or that of a server on this machine.
 */
export const withApp = <T>(env: Env, work: (app: App) => Promise<T>): Promise<T> => withStore(env, false, work);

/**
 * As `withApp`, for commands that only read: creates no database and changes no schema. @throws `OperatorError` if there is no database, and
 * `StoreError` (`older_database`, `newer_database`) if it is of another version.
 */
export async function withReadingApp<T>(env: Env, work: (app: App) => Promise<T>): Promise<T> {
  if (env.databaseUrl === null) existingDatabase(env, "");
  return withStore(env, true, work);
}

async function withStore<T>(env: Env, readsOnly: boolean, work: (app: App) => Promise<T>): Promise<T> {
  const onError = (error: unknown, during: string) => console.error(`Error in ${during}:`, error);
  const store = await openStore(env, { serves: false, readsOnly, onError });
  try {
    const now = () => new Date();
    return await work(
      createApp({
        store,
        quotas: createStorageQuotas({ read: store.read, now }, { byDefault: env.artifactQuota }),
        now,
        blobs: openBlobs(env),
        origin: env.url ?? `http://localhost:${env.port || 3000}`,
        followsRequests: env.url === null,
      }),
    );
  } finally {
    await store.close();
  }
}

/** Returns the context of the person with this email address. @throws `OperatorError` if there is none. */
export async function actingAs(app: App, email: string): Promise<Context> {
  const { read } = app.store;
  const { userEmails } = read.tables;
  const [found] = await read.select({ userId: userEmails.userId }).from(userEmails).where(eq(userEmails.email, email.toLowerCase()));
  if (!found) throw new OperatorError(`No account has the email address ${email}.`);
  return { ...(await serverContext(app)), actor: userActor(found.userId) };
}

/** Returns the path of the SQLite file. @throws `OperatorError` if the data is in PostgreSQL. */
export function localDatabase({ databaseUrl, databaseFile }: Env, instead: string): string {
  if (databaseUrl === null) return databaseFile;
  throw new OperatorError(`The data is in PostgreSQL (LANDFALL_DATABASE_URL is set); ${instead}.`);
}

/**
 * As `localDatabase`, for an existing file. @throws `OperatorError` if it does not exist, and `StoreError` if a restore was interrupted or
 * only the log of a database is left.
 */
export function existingDatabase(env: Env, instead: string): string {
  const file = localDatabase(env, instead);
  assertUsable(resolveDatabase(file));
  if (!existsSync(file)) throw new OperatorError(`There is no database at ${file}. Set LANDFALL_DATA_DIR to the server's data directory.`);
  return file;
}

/** Returns the environment with another database: a `postgres://` URL or the path of an SQLite file. */
export function withDatabase(env: Env, where: string | undefined): Env {
  if (where === undefined) return env;
  if (/^postgres(?:ql)?:\/\//.test(where)) return { ...env, databaseUrl: where };
  const databaseFile = path.resolve(where);
  return { ...env, databaseUrl: null, databaseFile, dataDir: path.dirname(databaseFile) };
}

/** Returns the items of all pages of a list. `read` gets the cursor of a page, empty for the first. */
export async function readAllPages<T>(read: (cursor: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Page<T> = await read(cursor);
    items.push(...page.items);
    cursor = page.next?.hasResults ? page.next.cursor : null;
  }
  return items;
}
