import { AsyncLocalStorage } from "node:async_hooks";
import { openTestPostgres, isPostgresAvailable, withScratchPostgres } from "@landfall/testing/stores/open-test-postgres";
import type { TestStore } from "@landfall/testing/stores/test-store";
import { eq, sql } from "drizzle-orm";
import { Client } from "pg";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openPostgres } from "../src/postgres/open.ts";
import { prepared } from "../src/sql/prepared.ts";
import type { Reader, Tx } from "../src/store.ts";

const elsewhere = AsyncLocalStorage.snapshot();
const date = new Date(0);
const insert = (tx: Tx, slug: string) => tx.insert(tx.tables.organizations).values({ slug, name: slug, dateCreated: date });

const rename = (tx: Tx, slug: string, name: string) =>
  tx
    .update(tx.tables.organizations)
    .set({ name })
    .where(eq(tx.tables.organizations.slug, slug))
    .returning({ name: tx.tables.organizations.name });

/** A barrier for `count` callers. */
function barrier(count: number): () => Promise<void> {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    if (--count === 0) open();
    return opened;
  };
}

describe.runIf(await isPostgresAvailable())("a server with several connections", () => {
  let opened: TestStore;
  beforeEach(async () => {
    opened = await openTestPostgres();
    return () => opened.close();
  });

  test("readers neither wait for nor see an open transaction", async () => {
    const { store } = opened;
    await store.transaction(async (tx) => {
      await insert(tx, "open");
      expect(await store.read.$count(store.read.tables.organizations)).toBe(0);
    });
    expect(await store.read.$count(store.read.tables.organizations)).toBe(1);
  });

  test("a lock excludes others until its transaction ends", async () => {
    const { store } = opened;
    const results = await store.transaction(async (tx) => {
      const own = await tx.tryLock("release-commits:1");
      // Another request's transaction, not one nested in this one.
      const other = (key: string) => outside(() => store.transaction((another) => another.tryLock(key)));
      return [own, await tx.tryLock("release-commits:1"), await other("release-commits:1"), await other("release-commits:2")];
    });
    expect(results).toEqual([true, true, false, true]);
    expect(await store.transaction((tx) => tx.tryLock("release-commits:1"))).toBe(true);
  });

  test("one of two deadlocked transactions is repeated, and its after-commit work runs once", async () => {
    const { store } = opened;
    await store.transaction(async (tx) => {
      await insert(tx, "a");
      await insert(tx, "b");
    });
    const both = barrier(2);
    const ran: string[] = [];
    let attempts = 0;
    const swap = (first: string, second: string) =>
      store.transaction(async (tx) => {
        attempts++;
        tx.afterCommit(() => ran.push(`${first}${second}`));
        await rename(tx, first, `${first}${second}`);
        if (attempts <= 2) await both();
        return await rename(tx, second, `${first}${second}`);
      });
    const [ab, ba] = await Promise.all([swap("a", "b"), swap("b", "a")]);
    expect([ab, ba]).toEqual([[{ name: "ab" }], [{ name: "ba" }]]);
    expect(attempts).toBeGreaterThan(2);
    expect(ran.toSorted()).toEqual(["ab", "ba"]);
  });

  test("a transaction that always deadlocks fails with PostgreSQL's error", async () => {
    let attempts = 0;
    const losing = opened.store.transaction(async () => {
      attempts++;
      throw Object.assign(new Error("deadlock detected"), { code: "40P01" });
    });
    await expect(losing).rejects.toThrow("deadlock detected");
    expect(attempts).toBe(5);
  });

  test("a transaction with a caught error is not committed", async () => {
    const { store } = opened;
    const swallowing = store.transaction(async (tx) => {
      await insert(tx, "twice");
      await insert(tx, "twice").catch(() => {});
    });
    await expect(swallowing).rejects.toMatchObject({ code: "aborted" });
    expect(await store.read.$count(store.read.tables.organizations)).toBe(0);
  });

  test("a connection that breaks in a transaction fails that one only", async () => {
    const { store } = opened;
    const broken = store.transaction(async (tx) => {
      await insert(tx, "lost");
      await tx.select({ ended: sql`pg_terminate_backend(pg_backend_pid())` }).from(sql`(select 1) as one`);
    });
    await expect(broken).rejects.toThrow("Failed query");
    await store.transaction((tx) => insert(tx, "kept"));
    expect(await store.read.$count(store.read.tables.organizations)).toBe(1);
  });

  test("a prepared statement serves transactions on several connections at once", async () => {
    const { store } = opened;
    let built = 0;
    const count = prepared((db: Reader, param: { slug: string }) => {
      built++;
      return db
        .select({ slug: db.tables.organizations.slug })
        .from(db.tables.organizations)
        .where(eq(db.tables.organizations.slug, param.slug))
        .prepare();
    });
    const own = (round: number, slug: string, together: () => Promise<void>) =>
      store.transaction(async (tx) => {
        await insert(tx, `${slug}-${round}`);
        await together();
        return await count(tx, { slug: `${slug}-${round}` });
      });
    for (const round of [1, 2]) {
      const together = barrier(3);
      const results = await Promise.all(["x", "y", "z"].map((slug) => own(round, slug, together)));
      expect(results).toEqual([[{ slug: `x-${round}` }], [{ slug: `y-${round}` }], [{ slug: `z-${round}` }]]);
    }
    expect(built).toBeLessThanOrEqual(4);
  });
});

describe.runIf(await isPostgresAvailable())("opening PostgreSQL", () => {
  async function scratch() {
    const { pool, url, close } = await withScratchPostgres();
    onTestFinished(close);
    return { pool, url };
  }

  test("the collation of the test databases differs from the order of our columns", async () => {
    const { pool } = await scratch();
    const { rows } = await pool.query("select 'a' < 'B' as by_locale, 'a' < 'B' collate \"C\" as by_bytes");
    expect(rows).toEqual([{ by_locale: true, by_bytes: false }]);
  });

  test("several processes starting together migrate once", async () => {
    const { pool, url } = await scratch();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgres({ url, max: 2 })));
    await Promise.all(stores.map((store) => store.close()));
    const { rows } = await pool.query(
      "select count(*)::int as n, count(distinct created_at)::int as different from drizzle.__drizzle_migrations",
    );
    expect(rows[0].n).toBe(rows[0].different);
  });

  test("a newer database is rejected", async () => {
    const { pool, url } = await scratch();
    await (await openPostgres({ url })).close();
    await pool.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('from the future', 9999999999999)");
    await expect(openPostgres({ url })).rejects.toMatchObject({ code: "newer_database" });
  });

  test("an idle connection that breaks is reported and replaced", async () => {
    const { pool, url } = await scratch();
    const reported: string[] = [];
    let notify = () => {};
    const report = new Promise<void>((resolve) => {
      notify = resolve;
    });
    const onError = (_: unknown, during: string) => {
      reported.push(during);
      notify();
    };
    const store = await openPostgres({ url, max: 1, onError });
    onTestFinished(() => store.close());
    await store.ping();
    await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'landfall' and pid <> pg_backend_pid() and datname = current_database()",
    );
    await report;
    await store.ping();
    expect(reported).toEqual(["an idle PostgreSQL connection"]);
  });

  test("a closed store rejects work; closing waits for accepted work", async () => {
    const { url } = await scratch();
    const store = await openPostgres({ url });
    const accepted = store.transaction((tx) => insert(tx, "accepted").returning());
    await Promise.all([store.close(), store.close()]);
    await expect(accepted).resolves.toHaveLength(1);
    await expect(store.transaction((tx) => insert(tx, "late"))).rejects.toMatchObject({ code: "closed" });
  });

  test("a connection keeps the prepared statements that it has run again, and no others", async () => {
    const { url } = await scratch();
    const store = await openPostgres({ url, max: 1 });
    onTestFinished(() => store.close());
    const { organizations } = store.read.tables;
    const find = prepared((db: Reader, param: { slug: string }) =>
      db.select().from(organizations).where(eq(organizations.slug, param.slug)).prepare(),
    );
    for (const slug of ["a", "b", "c"]) {
      await find(store.read, { slug });
      await store.transaction((tx) => find(tx, { slug }));
      await store.read.select().from(organizations).where(eq(organizations.name, slug));
    }
    const kept = await store.read.select({ statement: sql<string>`statement` }).from(sql`pg_prepared_statements`);
    expect(kept).toEqual([{ statement: expect.stringMatching(/^select .* where "organizations"\."slug" = \$1$/) }]);
  });

  test("a role without the right to change tables can use an up-to-date database", async () => {
    const { pool, url } = await scratch();
    await (await openPostgres({ url })).close();
    const admin = new Client({ connectionString: url });
    await admin.connect();
    onTestFinished(() => admin.end());
    const role = new URL(url).pathname.slice(1).replace("landfall_test", "landfall_role");
    await pool.query(
      `create role ${role} login; grant usage on schema drizzle to ${role}; grant select on all tables in schema drizzle, public to ${role}`,
    );
    onTestFinished(async () => void (await admin.query(`drop owned by ${role}; drop role ${role}`)));
    const address = new URL(url);
    address.username = role;
    const store = await openPostgres({ url: address.href });
    expect(await store.read.$count(store.read.tables.organizations)).toBe(0);
    await store.close();
  });
});

test.each([
  ["no server listens", "postgres://landfall:secret@127.0.0.1:1/landfall", "PostgreSQL at 127.0.0.1:1/landfall cannot be used"],
  ["the URL is invalid", "not a URL", "PostgreSQL at the configured URL cannot be used"],
])("when %s, the error names the server but not the password", async (_, url, message) => {
  const error = await openPostgres({ url }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "unreachable", message: expect.stringContaining(message) });
  expect(String(error)).not.toContain("secret");
});

/** Runs `work` outside of the transaction that is open here, as another request would. */
function outside<T>(work: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    elsewhere(() => void work().then(resolve, reject));
  });
}
