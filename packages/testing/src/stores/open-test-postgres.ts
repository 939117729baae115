import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { openPostgres } from "@landfall/db/postgres/open";
import { createPostgresPool } from "@landfall/db/postgres/pool";
import { reportToConsole } from "@landfall/db/store";
import { Client, escapeIdentifier, type Pool } from "pg";
import { type OpenTestStore, schemaKey } from "./test-store.ts";

const server = process.env.TEST_POSTGRES_URL ?? `postgres://${userInfo().username}@127.0.0.1:5432/postgres`;
const templates = "landfall_test_template_";

/** Whether the PostgreSQL of TEST_POSTGRES_URL, by default the local one, accepts connections. */
export async function isPostgresAvailable(): Promise<boolean> {
  const client = new Client({ connectionString: server, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

/** An empty database, whose collation differs from the byte order of the columns, and a pool of connections to it. */
export async function withScratchPostgres(): Promise<{ pool: Pool; url: string; close: () => Promise<void> }> {
  const name = scratchName();
  await asAdmin((admin) => admin.query(createDatabase(name)));
  const url = addressOf(name);
  const connections = createPostgresPool({ url, max: 5, onError: reportToConsole });
  const close = async () => {
    await connections.close();
    await dropDatabase(name);
  };
  return { pool: connections.pool, url, close };
}

/**
 * A database on a PostgreSQL server, which is dropped when closed. It is copied from a template that stays on the server for later
 * runs, one for the newest schema.
 */
export const openTestPostgres: OpenTestStore = async (options) => {
  const name = scratchName();
  await asAdmin(async (admin) => {
    const template = await ensureTemplate(admin);
    await admin.query(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)}`);
  });
  const store = await openPostgres({ url: addressOf(name), ...options });
  return {
    store,
    dialect: store.dialect,
    close: async () => {
      await store.close();
      await dropDatabase(name);
    },
  };
};

const scratchName = () => `landfall_test_${randomBytes(6).toString("hex")}`;

const createDatabase = (name: string) =>
  `create database ${escapeIdentifier(name)} template template0 locale_provider icu icu_locale 'en-US' locale 'C.UTF-8'`;

const dropDatabase = (name: string) => asAdmin((admin) => admin.query(`drop database ${escapeIdentifier(name)} with (force)`));

async function ensureTemplate(admin: Client): Promise<string> {
  const name = `${templates}${schemaKey("postgres")}`;
  await admin.query("select pg_advisory_lock(hashtextextended('landfall.test.template', 0))");
  const { rows } = await admin.query<{ datname: string }>("select datname from pg_database where starts_with(datname, $1)", [templates]);
  if (rows.some((row) => row.datname === name)) return name;
  for (const stale of rows) await admin.query(`drop database if exists ${escapeIdentifier(stale.datname)}`);
  const unfinished = `${name}_unfinished`;
  await admin.query(`drop database if exists ${escapeIdentifier(unfinished)}`);
  await admin.query(createDatabase(unfinished));
  await (await openPostgres({ url: addressOf(unfinished) })).close();
  await admin.query(`alter database ${escapeIdentifier(unfinished)} rename to ${escapeIdentifier(name)}`);
  return name;
}

/** Connects as the owner of the test databases; its locks are released when it ends. */
async function asAdmin(work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: server });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function addressOf(database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
