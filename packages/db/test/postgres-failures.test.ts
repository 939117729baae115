import { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { tcpProxy } from "@landfall/testing/network/tcp-proxy";
import { isPostgresAvailable, withScratchPostgres } from "@landfall/testing/stores/open-test-postgres";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { openPostgres } from "../src/postgres/open.ts";
import { type PostgresTimeouts, SERVING_TIMEOUTS } from "../src/postgres/pool.ts";
import { storageFailureOf } from "../src/storage-failure.ts";
import type { Reader, Store, Tx } from "../src/store.ts";

const insert = (tx: Tx, slug: string) => tx.insert(tx.tables.organizations).values({ slug, name: slug, dateCreated: new Date(0) });
const count = ({ read }: Store) => read.$count(read.tables.organizations);
const one = sql`(select 1) as one`;
const failureOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => "no failure", storageFailureOf);

/** Ends its own connection, but only the first time. */
const endOnce = (db: Reader) =>
  db.select({ ended: sql`case when nextval('rounds') = 1 then pg_terminate_backend(pg_backend_pid()) end` }).from(one);

/** A store with its own database, behind a proxy that can break its connections. */
async function behindProxy({ max = 3, patience = {} }: { max?: number; patience?: Partial<PostgresTimeouts> } = {}) {
  const scratch = await withScratchPostgres();
  onTestFinished(scratch.close);
  await scratch.pool.query("create sequence rounds");
  const address = new URL(scratch.url);
  const proxy = await tcpProxy({ port: Number(address.port || 5432) });
  onTestFinished(() => proxy.stop());
  address.port = String(proxy.port);
  const reported: unknown[] = [];
  const onError = (error: unknown) => void reported.push(storageFailureOf(error));
  const store = await openPostgres({ url: address.href, max, onError, patience: { ...SERVING_TIMEOUTS, ...patience } });
  onTestFinished(() => store.close());
  return { store, proxy, pool: scratch.pool, reported };
}

/** Stops the clock of pg's timeouts; `pass` advances it once the proxy has received what was sent. */
function heldClock(proxy: { swallowed(): number }) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let seen = proxy.swallowed();
  return async (milliseconds: number) => {
    while (proxy.swallowed() === seen) await setImmediate();
    seen = proxy.swallowed();
    vi.advanceTimersByTime(milliseconds);
  };
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe.runIf(await isPostgresAvailable())("a connection to PostgreSQL that is lost", () => {
  test("while idle is replaced", async () => {
    const { store, proxy } = await behindProxy();
    await Promise.all([count(store), count(store), count(store)]);
    await proxy.stop();
    await proxy.start();
    expect(await count(store)).toBe(0);
    await store.transaction((tx) => insert(tx, "kept"));
  });

  test("during a read is replaced, and the read repeated", async () => {
    const { store } = await behindProxy();
    await expect(endOnce(store.read)).resolves.toHaveLength(1);
  });

  test("before COMMIT is replaced, and the transaction repeated", async () => {
    const { store } = await behindProxy();
    let [runs, committed] = [0, 0];
    await store.transaction(async (tx) => {
      runs += 1;
      tx.afterCommit(() => void (committed += 1));
      await insert(tx, "kept");
      await endOnce(tx);
    });
    expect([runs, committed, await count(store)]).toEqual([2, 1, 1]);
  });

  test("during COMMIT has an unknown outcome, and the transaction is not repeated", async () => {
    const { store, pool } = await behindProxy();
    await pool.query(`
      create function end_connection() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
      create constraint trigger at_commit after insert on organizations deferrable initially deferred for each row execute function end_connection();
    `);
    let runs = 0;
    const failure = await failureOf(
      store.transaction(async (tx) => {
        runs += 1;
        await insert(tx, "unknown");
      }),
    );
    expect([failure, runs]).toEqual(["outcome_unknown", 1]);
    expect(await count(store)).toBe(0);
  });

  test("with the whole server fails at once, and works again once the server runs", async () => {
    const { store, proxy } = await behindProxy();
    await count(store);
    await proxy.stop();
    expect(await failureOf(count(store))).toBe("database_unreachable");
    expect(await failureOf(store.transaction((tx) => insert(tx, "x")))).toBe("database_unreachable");
    expect(await failureOf(store.ping())).toBe("database_unreachable");
    expect(await failureOf(store.checkWritable())).toBe("database_unreachable");
    await proxy.start();
    await store.transaction((tx) => insert(tx, "x"));
    await store.checkWritable();
  });
});

describe.runIf(await isPostgresAvailable())("a connection to PostgreSQL that is silent", () => {
  test("is detected at BEGIN, before anything is sent, and is replaced with all older ones", async () => {
    const { store, proxy, pool } = await behindProxy();
    await Promise.all([count(store), count(store), count(store)]);
    proxy.silence();
    const pass = heldClock(proxy);
    const stored = store.transaction((tx) => insert(tx, "kept"));
    await pass(SERVING_TIMEOUTS.begin);
    await stored;
    vi.useRealTimers();
    const sent = proxy.swallowed();
    await Promise.all([count(store), count(store), count(store)]);
    expect((await pool.query("select slug from organizations")).rows).toEqual([{ slug: "kept" }]);
    // Except for the last messages to the connections that were closed.
    expect(proxy.swallowed() - sent).toBeLessThanOrEqual(10);
  });

  test("during a read fails after the timeout, without another attempt", async () => {
    const { store, proxy } = await behindProxy();
    await count(store);
    proxy.silence();
    const pass = heldClock(proxy);
    const read = failureOf(count(store));
    await pass(SERVING_TIMEOUTS.silence);
    expect(await read).toBe("database_unreachable");
    vi.useRealTimers();
    expect(await count(store)).toBe(0);
  });

  test("to a server that accepts connections but never responds fails after the timeout", async () => {
    const { store, proxy } = await behindProxy({ max: 1 });
    await proxy.stop();
    await proxy.start();
    proxy.silenceAll();
    const pass = heldClock(proxy);
    const read = failureOf(count(store));
    await pass(SERVING_TIMEOUTS.connecting);
    expect(await read).toBe("database_unreachable");
  });

  test("does not prevent the store from closing", async () => {
    const { store, proxy } = await behindProxy({ patience: { closing: 50 } });
    const stuck = failureOf(
      store.transaction(async (tx) => {
        await insert(tx, "stuck");
        proxy.silenceAll();
        await insert(tx, "never");
      }),
    );
    while (proxy.swallowed() === 0) await setImmediate();
    await store.close();
    expect(await stuck).toBe("database_unreachable");
  });

  test("is probed by the system while idle", async () => {
    const keepAlive = vi.spyOn(Socket.prototype, "setKeepAlive");
    await behindProxy();
    expect(keepAlive).toHaveBeenCalledWith(true, 10_000);
  });
});

describe.runIf(await isPostgresAvailable())("a PostgreSQL that is busy", () => {
  test("waits for a free connection only until the timeout", async () => {
    const { store } = await behindProxy({ max: 1 });
    let release = () => {};
    const occupied = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const holding = store.transaction(async (tx) => {
      await insert(tx, "occupies");
      begun();
      await occupied;
    });
    await running;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const waiting = failureOf(count(store));
    vi.advanceTimersByTime(SERVING_TIMEOUTS.connecting);
    expect(await waiting).toBe("busy");
    vi.useRealTimers();
    release();
    await holding;
    expect(await count(store)).toBe(1);
  });

  test("waits for a lock and a statement only until the timeout, and keeps the connection", async () => {
    const { store, pool } = await behindProxy({ max: 1, patience: { lock: 100, statement: 2_000 } });
    const holder = await pool.connect();
    await holder.query("begin; lock table organizations in exclusive mode");
    expect(await failureOf(store.transaction((tx) => insert(tx, "waits")))).toBe("busy");
    await holder.query("rollback");
    holder.release();
    const pid = () => store.read.select({ pid: sql<number>`pg_backend_pid()` }).from(one);
    const before = await pid();
    expect(
      await failureOf(
        store.read
          .select({ slept: sql`pg_sleep(600)` })
          .from(one)
          .then(),
      ),
    ).toBe("busy");
    expect(await pid()).toEqual(before);
  });
});

describe.runIf(await isPostgresAvailable())("whether PostgreSQL can be written", () => {
  test("is tested with a write, also for a role without rights", async () => {
    const { store, pool } = await behindProxy();
    const position = async () => (await pool.query<{ at: string }>("select pg_current_wal_insert_lsn()::text as at")).rows[0]?.at;
    const before = await position();
    await store.checkWritable();
    expect(await position()).not.toBe(before);
    const { rows } = await pool.query(
      "select proacl is null as for_everybody from pg_proc where proname = 'pg_logical_emit_message' and proargtypes[2] = 'text'::regtype",
    );
    expect(rows).toEqual([{ for_everybody: true }]);
  });

  test("is denied for a database that is set to read-only", async () => {
    const { store, pool, proxy } = await behindProxy();
    const [{ name }] = (await pool.query("select current_database() as name")).rows;
    await pool.query(`alter database "${name}" set default_transaction_read_only = on`);
    await proxy.stop();
    await proxy.start();
    expect(await failureOf(store.checkWritable())).toBe("read_only");
    expect(await failureOf(store.transaction((tx) => insert(tx, "x")))).toBe("read_only");
    expect(await count(store)).toBe(0);
  });
});
