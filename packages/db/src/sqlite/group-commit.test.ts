import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate, setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterEach, describe, expect, test, vi } from "vitest";
import { scratchFile } from "../../test/scratch-file.ts";
import { beginImmediate, createWriteQueue, type WriteQueueOptions } from "./group-commit.ts";

describe("group commit", () => {
  /** A queue over a table of numbers; `log` has the executed statements and the test's notes between them. */
  function setUp({ grouped = true, ...options }: Partial<WriteQueueOptions> = {}) {
    const log: string[] = [];
    const writer = new Database(scratchFile(), { timeout: 0, verbose: (text) => void log.push(String(text)) });
    writer.pragma("journal_mode = wal");
    writer.exec("create table numbers (n integer primary key, parent integer references numbers (n) deferrable initially deferred)");
    const queue = createWriteQueue(writer, { grouped, ...options });
    const insert = writer.prepare("insert into numbers (n, parent) values (?, ?)");
    const add = (n: number, { parent = null, after = () => {} }: { parent?: number | null; after?: () => void } = {}) =>
      queue.add(async () => {
        await Promise.resolve();
        insert.run(n, parent);
        return { value: n, afterCommit: after };
      });
    const stored = () => writer.prepare<[], number>("select n from numbers order by n").pluck().all();
    log.length = 0;
    return { log, writer, queue, add, stored };
  }

  const range = (count: number) => Array.from({ length: count }, (_, n) => n);

  afterEach(() => vi.restoreAllMocks());

  test("waiting transactions share a commit, in order, each in a savepoint", async () => {
    const { log, add } = setUp();
    expect(await Promise.all([add(3), add(1), add(2)])).toEqual([3, 1, 2]);
    const one = (n: number) => ["savepoint unit", `insert into numbers (n, parent) values (${n}.0, NULL)`, "release unit"];
    expect(log).toEqual(["begin immediate", ...one(3), ...one(1), ...one(2), "commit"]);
  });

  test("ungrouped transactions have a commit each", async () => {
    const { log, add } = setUp({ grouped: false });
    await Promise.all(range(3).map((n) => add(n)));
    expect(log.filter((text) => text === "commit")).toHaveLength(3);
  });

  test("callers continue after the commit and after-commit work", async () => {
    const { log, add } = setUp();
    const settled = (n: number) => add(n, { after: () => log.push(`after ${n}`) }).then(() => log.push(`settled ${n}`));
    await Promise.all([settled(1), settled(2)]);
    expect(log.slice(-5)).toEqual(["commit", "after 1", "after 2", "settled 1", "settled 2"]);
  });

  test("work that throws is rolled back alone, and rejects after the commit", async () => {
    const { log, queue, add, stored } = setUp();
    const failing = async () => {
      await queue.add(async () => {
        log.push("throws");
        throw new Error("no");
      });
    };
    const outcomes = await Promise.allSettled([add(1), failing().finally(() => log.push("settled")), add(2)]);
    expect(outcomes).toMatchObject([{ value: 1 }, { reason: { message: "no" } }, { value: 2 }]);
    expect(stored()).toEqual([1, 2]);
    const steps = log.slice(log.indexOf("throws"), log.indexOf("settled"));
    expect(steps.filter((text) => !text.startsWith("insert"))).toEqual([
      "throws",
      "rollback to unit",
      "release unit",
      "savepoint unit",
      "release unit",
      "commit",
    ]);
  });

  describe("a failed group", () => {
    test("a failed commit rejects its transactions, stores nothing, and the queue continues", async () => {
      const { add, stored } = setUp();
      const after = vi.fn<() => void>();
      const outcomes = await Promise.allSettled([add(1, { after }), add(2, { parent: 99 }), add(3)]);
      expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
      expect(outcomes[0]).toMatchObject({ reason: { code: "SQLITE_CONSTRAINT_FOREIGNKEY" } });
      expect([stored(), after.mock.calls]).toEqual([[], []]);
      expect(await add(4)).toBe(4);
      expect(stored()).toEqual([4]);
    });

    test("if SQLite rolls back the group, its earlier transactions fail and later ones run in a new group", async () => {
      const { writer, queue, add, stored } = setUp();
      const giveUp = async () => {
        writer.exec("insert or rollback into numbers (n) values (1)");
        return { value: 0, afterCommit: () => {} };
      };
      const outcomes = await Promise.allSettled([add(1), queue.add(giveUp), add(2)]);
      const reason = { code: "SQLITE_CONSTRAINT_PRIMARYKEY" };
      expect(outcomes).toMatchObject([{ reason }, { reason }, { value: 2 }]);
      expect(stored()).toEqual([2]);
    });

    test("if no group can begin, all waiting transactions are rejected with the reason", async () => {
      const { writer, add } = setUp();
      const other = new Database(writer.name);
      other.exec("begin immediate");
      let clock = 0;
      vi.spyOn(performance, "now").mockImplementation(() => (clock += 3_000));
      const outcomes = await Promise.allSettled([add(1), add(2)]);
      expect(outcomes).toMatchObject([{ reason: { code: "busy" } }, { reason: { code: "busy" } }]);
      other.close();
      expect(await add(3)).toBe(3);
    });
  });

  describe("a long queue yields to the event loop", () => {
    test("after a number of transactions", async () => {
      const { log, add } = setUp();
      // On a busy machine groups would end by time.
      vi.spyOn(performance, "now").mockReturnValue(0);
      const turns = async () => {
        while (log.filter((text) => text === "commit").length < 4) {
          await setImmediate();
          log.push("turn");
        }
      };
      await Promise.all([turns(), ...range(1_000).map((n) => add(n))]);
      const steps = log.filter((text) => ["commit", "turn"].includes(text)).join(" ");
      expect(steps).toMatch(/commit.* turn .*commit .*turn .*commit .*turn .*commit/);
      expect(log.filter((text) => text === "commit")).toHaveLength(4);
    });

    test("after a time limit", async () => {
      const { log, add } = setUp();
      let clock = 0;
      vi.spyOn(performance, "now").mockImplementation(() => (clock += 8));
      await Promise.all(range(9).map((n) => add(n)));
      expect(log.filter((text) => text === "commit")).toHaveLength(3);
    });
  });

  test("work runs in the async context of its caller", async () => {
    const { queue } = setUp();
    const request = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const work = async () => {
      await Promise.resolve();
      return { value: request.getStore(), afterCommit: () => void seen.push(request.getStore()) };
    };
    const values = await Promise.all(["a", "b"].map((id) => request.run(id, () => queue.add(work))));
    expect([values, seen]).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
  });

  test("draining finishes accepted transactions and rejects new ones", async () => {
    const { queue, add, stored } = setUp();
    const accepted = range(300).map((n) => add(n));
    await queue.drain();
    expect(stored()).toHaveLength(300);
    await Promise.all(accepted);
    await expect(add(1_000)).rejects.toMatchObject({ code: "closed" });
    await queue.drain();
  });

  describe("with a sync after the commit", () => {
    /** A disk that syncs when the test allows it; `log` also has the start and end of each sync. */
    function onSlowDisk() {
      const ends: PromiseWithResolvers<void>[] = [];
      const onRefusal = vi.fn<(error: unknown) => void>();
      const sync = async () => {
        const end = Promise.withResolvers<void>();
        ends.push(end);
        queue.log.push(`sync ${ends.length}`);
        await end.promise;
      };
      const queue = setUp({ sync, onRefusal });
      const settled: unknown[] = [];
      const add = (n: number) => {
        const added = queue.add(n, { after: () => settled.push(`after ${n}`) });
        added.then(
          () => settled.push(n),
          (error: unknown) => settled.push(error),
        );
        return added;
      };
      const committed = async (count: number) => {
        while (queue.log.filter((text) => text === "commit").length < count) await setImmediate();
      };
      return { ...queue, add, ends, settled, committed, onRefusal };
    }
    const isStep = (text: string) => /^(commit|sync \d+)$/.test(text);

    test("a transaction is acknowledged after the sync, and then its after-commit work runs", async () => {
      const { add, ends, settled, committed, stored } = onSlowDisk();
      const added = add(1);
      await committed(1);
      await setImmediate();
      expect([stored(), settled]).toEqual([[1], []]);
      ends[0]?.resolve();
      await added;
      expect(settled).toEqual(["after 1", 1]);
    });

    test("the next group runs during a sync, and is committed when the sync has ended or the group is full", async () => {
      const { add, ends, settled, committed, log } = onSlowDisk();
      const added = [add(1)];
      await committed(1);
      added.push(add(2), add(3));
      while (!log.includes("insert into numbers (n, parent) values (3.0, NULL)")) await setImmediate();
      await setImmediate();
      expect(log.filter(isStep)).toEqual(["commit", "sync 1"]);
      ends[0]?.resolve();
      await added[0];
      expect([settled, log.filter(isStep)]).toEqual([
        ["after 1", 1],
        ["commit", "sync 1", "commit", "sync 2"],
      ]);
      added.push(...range(256).map((n) => add(100 + n)));
      await committed(3);
      ends[1]?.resolve();
      while (ends.length < 3) await setImmediate();
      ends[2]?.resolve();
      await Promise.all(added);
      expect(settled.slice(2, 6)).toEqual(["after 2", "after 3", 2, 3]);
      expect(log.filter(isStep).slice(4)).toEqual(["commit", "sync 3"]);
    });

    test("a group without changes only waits for changes that it may have read", async () => {
      const { queue, add, ends, settled, committed, log } = onSlowDisk();
      const read = async () => ({ value: "read", afterCommit: () => {} });
      expect(await queue.add(read)).toBe("read");
      expect(log.filter(isStep)).toEqual(["commit"]);
      const added = add(1);
      await committed(2);
      // A full group, which is committed during the sync.
      const reading = range(256).map(() => queue.add(read).then((value) => settled.push(value)));
      await committed(3);
      await setImmediate();
      expect(settled).toEqual([]);
      ends[0]?.resolve();
      await Promise.all([added, ...reading]);
      expect(settled.slice(0, 3)).toEqual(["after 1", 1, "read"]);
      expect(ends).toHaveLength(1);
    });

    test("after a failed sync nothing is acknowledged, and everything is rejected", async () => {
      const { queue, add, ends, settled, committed, log, onRefusal, stored } = onSlowDisk();
      const error = new Error("EIO");
      const first = [add(1)];
      await committed(1);
      // One full group that is committed, and an open one.
      first.push(...range(257).map((n) => add(100 + n)));
      await committed(2);
      while (!log.includes("insert into numbers (n, parent) values (356.0, NULL)")) await setImmediate();
      ends[0]?.reject(error);
      const reasons = (await Promise.allSettled(first)).map((outcome) => outcome.status === "rejected" && outcome.reason);
      expect(reasons).toEqual(first.map(() => error));
      await expect(add(3)).rejects.toBe(error);
      await expect(queue.exclusively(async () => log.push("work"))).rejects.toBe(error);
      expect(log.filter((text) => isStep(text) || text === "work")).toEqual(["commit", "sync 1", "commit"]);
      expect(settled.filter((item) => item !== error)).toEqual([]);
      expect(onRefusal.mock.calls).toEqual([[error]]);
      expect(stored()).toHaveLength(257);
      await queue.drain();
    });

    test("exclusive work does not wait for the sync, but for the commit of the open group", async () => {
      const { queue, add, ends, committed, log } = onSlowDisk();
      const added = [add(1)];
      await committed(1);
      added.push(add(2));
      while (!log.includes("insert into numbers (n, parent) values (2.0, NULL)")) await setImmediate();
      await queue.exclusively(async () => log.push("work"));
      ends[0]?.resolve();
      while (ends.length < 2) await setImmediate();
      ends[1]?.resolve();
      await Promise.all(added);
      expect(log.filter((text) => isStep(text) || text === "work")).toEqual(["commit", "sync 1", "commit", "work", "sync 2"]);
    });

    test("a group that is open when a sync fails is rolled back", async () => {
      const { queue, add, ends, committed, stored, writer } = onSlowDisk();
      const added = add(1);
      await committed(1);
      const slow = queue.add(async () => {
        writer.exec("insert into numbers (n) values (2)");
        ends[0]?.reject(new Error("EIO"));
        await setImmediate();
        return { value: 2, afterCommit: () => expect.unreachable() };
      });
      await expect(added).rejects.toThrow("EIO");
      await expect(slow).rejects.toThrow("EIO");
      expect(stored()).toEqual([1]);
    });

    test("after a failed sync in a commit all later ones are rejected", async () => {
      const { writer, add, queue } = setUp();
      const lose = async () => {
        throw Object.assign(new Error("disk I/O error"), { code: "SQLITE_IOERR_FSYNC" });
      };
      const failing = queue.add(async () => {
        writer.exec("rollback");
        return await lose();
      });
      await expect(failing).rejects.toMatchObject({ code: "failed_sync" });
      await expect(add(1)).rejects.toMatchObject({ code: "failed_sync" });
    });

    test("draining waits for the sync", async () => {
      const { queue, add, ends, settled, committed } = onSlowDisk();
      const added = add(1);
      await committed(1);
      const drained = queue.drain().then(() => settled.push("drained"));
      await setImmediate();
      expect(settled).toEqual([]);
      ends[0]?.resolve();
      await Promise.all([added, drained]);
      expect(settled).toEqual(["after 1", 1, "drained"]);
    });
  });

  test("exclusive work runs between two groups, while transactions wait", async () => {
    const { log, queue, add } = setUp();
    const before = add(1);
    const exclusive = queue.exclusively(async () => {
      log.push("begins");
      await setImmediate();
      await setImmediate();
      log.push("ends");
      return "done";
    });
    expect(await Promise.all([before, exclusive, add(2)])).toEqual([1, "done", 2]);
    const steps = log.filter((text) => /^(begin|commit|ends)/.test(text)).join(", ");
    expect(steps).toBe("begins, ends, begin immediate, commit");
  });
});

describe("begin immediate", () => {
  function twoConnections() {
    const file = scratchFile();
    const [own, other] = [new Database(file, { timeout: 0 }), new Database(file, { timeout: 0 })];
    own.pragma("journal_mode = wal");
    return { own, other };
  }

  afterEach(() => vi.restoreAllMocks());

  test("begins at once without other writers", async () => {
    const { own } = twoConnections();
    await beginImmediate(own)();
    expect(own.inTransaction).toBe(true);
  });

  test("waits for another connection's write without blocking this process", async () => {
    const { own, other } = twoConnections();
    other.exec("begin immediate");
    const begun = beginImmediate(own)();
    await setTimeout(1);
    expect(own.inTransaction).toBe(false);
    other.exec("commit");
    await begun;
    expect(own.inTransaction).toBe(true);
  });

  test("fails after five seconds with the reason", async () => {
    const { own, other } = twoConnections();
    other.exec("begin immediate");
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (clock += 3_000));
    await expect(beginImmediate(own)()).rejects.toMatchObject({ code: "busy", message: expect.stringContaining(own.name) });
  });

  test("does not retry after other errors", async () => {
    const { own } = twoConnections();
    const begin = beginImmediate(own);
    await begin();
    await expect(begin()).rejects.toThrow("cannot start a transaction within a transaction");
  });
});
