import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Opened } from "./store-suite.ts";

const date = new Date("2026-05-06T07:08:09.010Z");

/** The guarantees of transactions. */
export function storeSuiteTransactions(on: Opened): void {
  const slugs = async (db: Reader, name: string) => {
    const rows = await db
      .select({ slug: db.tables.organizations.slug })
      .from(db.tables.organizations)
      .where(eq(db.tables.organizations.name, name));
    return rows.map((row) => row.slug).toSorted();
  };
  const insert = (tx: Tx, slug: string, name: string) =>
    tx.insert(tx.tables.organizations).values({ slug, name, dateCreated: date }).returning();

  describe("transactions", () => {
    test("one of twenty concurrent upserts creates the row", async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () =>
          on.store.transaction(async (tx) => {
            const { organizations } = tx.tables;
            const [created] = await tx
              .insert(organizations)
              .values({ slug: "race", name: "race", dateCreated: date })
              .onConflictDoNothing()
              .returning();
            return created !== undefined;
          }),
        ),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await slugs(on.store.read, "race")).toEqual(["race"]);
    });

    test("a transaction that throws is rolled back alone", async () => {
      const outcomes = await Promise.allSettled(
        ["a", "b", "c", "d"].map((letter) =>
          on.store.transaction(async (tx) => {
            await insert(tx, `alone-${letter}`, "alone");
            if (letter === "b") throw new Error("no b");
            return letter;
          }),
        ),
      );
      expect(outcomes).toMatchObject([{ value: "a" }, { reason: { message: "no b" } }, { value: "c" }, { value: "d" }]);
      expect(await slugs(on.store.read, "alone")).toEqual(["alone-a", "alone-c", "alone-d"]);
    });

    test("a failed statement rolls back the whole transaction, but not the next one", async () => {
      const twice = on.store.transaction(async (tx) => {
        await insert(tx, "twice", "twice");
        await insert(tx, "twice", "twice");
      });
      await expect(twice).rejects.toThrow();
      expect(await slugs(on.store.read, "twice")).toEqual([]);
      await on.store.transaction((tx) => insert(tx, "twice", "twice"));
      expect(await slugs(on.store.read, "twice")).toEqual(["twice"]);
    });

    test("readers see committed data only", async () => {
      await on.store.transaction(async (tx) => {
        await insert(tx, "unseen", "unseen");
        expect(await slugs(tx, "unseen")).toEqual(["unseen"]);
        // PGlite has one connection, whose reads wait; those of a server have their own tests.
        if (on.dialect === "sqlite") expect(await slugs(on.store.read, "unseen")).toEqual([]);
      });
      expect(await slugs(on.store.read, "unseen")).toEqual(["unseen"]);
    });

    test("after-commit work runs in order once the rows can be read, and never for a rollback", async () => {
      const ran: string[] = [];
      const note = (tx: Tx, text: string) => tx.afterCommit(() => ran.push(text));
      const failing = on.store.transaction(async (tx) => {
        note(tx, "rolled back");
        await insert(tx, "after-no", "after");
        throw new Error("stop");
      });
      await expect(failing).rejects.toThrow("stop");
      let read: Promise<string[]> | undefined;
      await on.store.transaction(async (tx) => {
        await insert(tx, "after-yes", "after");
        note(tx, "first");
        tx.afterCommit(() => {
          ran.push("second");
          read = slugs(on.store.read, "after");
        });
        expect(ran).toEqual([]);
      });
      expect(ran).toEqual(["first", "second"]);
      expect(await read).toEqual(["after-yes"]);
    });

    test("an error of after-commit work is reported, without other effects", async () => {
      const ran: string[] = [];
      const result = await on.store.transaction(async (tx) => {
        tx.afterCommit(() => {
          throw new Error("at once");
        });
        tx.afterCommit(async () => {
          throw new Error("later");
        });
        tx.afterCommit(() => ran.push("third"));
        return 7;
      });
      await Promise.resolve();
      expect([result, ran]).toEqual([7, ["third"]]);
      expect(on.reported.map(([error, during]) => [String(error), during])).toEqual([
        ["Error: at once", "after-commit work"],
        ["Error: later", "after-commit work"],
      ]);
    });

    test("a nested transaction fails instead of waiting forever", async () => {
      const nested = on.store.transaction(() => on.store.transaction(async () => "inner"));
      await expect(nested).rejects.toMatchObject({ code: "nested_transaction" });
      let later: Promise<string> | undefined;
      await on.store.transaction(async (tx) => {
        tx.afterCommit(() => {
          later = on.store.transaction(async () => "after the outer one");
        });
      });
      expect(await later).toBe("after the outer one");
    });

    test("a transaction's handle throws after its end", async () => {
      const handles: Tx[] = [];
      const selectAll = prepared((db: Reader) => db.select().from(db.tables.organizations).prepare());
      await on.store.transaction(async (tx) => {
        handles.push(tx);
        await selectAll(tx);
      });
      const over = { code: "transaction_over" };
      for (const tx of handles) {
        await expect(selectAll(tx)).rejects.toMatchObject(over);
        expect(() => tx.select()).toThrow(expect.objectContaining(over));
        expect(() => tx.afterCommit(() => {})).toThrow(expect.objectContaining(over));
      }
      await expect(insertInBackground(on)).resolves.toMatchObject(over);
    });

    test("a lock is held until its transaction ends", async () => {
      expect(await on.store.transaction((tx) => tx.tryLock("release-commits:1"))).toBe(true);
      expect(await on.store.transaction((tx) => tx.tryLock("release-commits:1"))).toBe(true);
    });

    test("the database responds", async () => {
      await expect(on.store.ping()).resolves.toBeUndefined();
    });

    test("the write check works beside transactions and changes nothing", async () => {
      const outcomes = await Promise.all([
        on.store.checkWritable(),
        on.store.transaction((tx) => insert(tx, "beside", "beside")),
        on.store.checkWritable(),
      ]);
      expect(outcomes).toEqual([undefined, [expect.objectContaining({ slug: "beside" })], undefined]);
      expect(await slugs(on.store.read, "beside")).toEqual(["beside"]);
    });
  });

  /** Work that continues after its transaction ended, while another one is open. Returns its error. */
  async function insertInBackground({ store }: Opened): Promise<unknown> {
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let background: Promise<unknown> | undefined;
    await store.transaction(async (tx) => {
      background = gate.then(() => insert(tx, "background", "background")).catch((error: unknown) => error);
    });
    return await store.transaction(async () => {
      goOn();
      return await background;
    });
  }
}
