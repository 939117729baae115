import { chunked } from "@landfall/db/sql/insert-rows";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader, Tx } from "@landfall/db/store";
import { isUniqueViolation } from "@landfall/db/store-error";
import { and, asc, count, eq, gt, inArray, sql } from "drizzle-orm";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { Opened } from "./store-suite.ts";

const date = new Date("2026-05-06T07:08:09.010Z");

/** The query builders, which are the same in both dialects. */
export function storeSuiteQueries(on: Opened): void {
  describe("queries", () => {
    test("counts are numbers, and a Tx can be used as a Reader", async () => {
      await on.organization("count-a");
      await on.organization("count-b");
      const many = async (db: Reader) => {
        const { organizations } = db.tables;
        const some = inArray(organizations.slug, ["count-a", "count-b"]);
        const [row] = await db.select({ n: count() }).from(organizations).where(some);
        return [row?.n, await db.$count(organizations, some)];
      };
      expect(await many(on.store.read)).toEqual([2, 2]);
      expect(await on.store.transaction((tx) => many(tx))).toEqual([2, 2]);
    });

    test("a common table expression can be read", async () => {
      await on.organization("cte");
      const { organizations } = on.store.read.tables;
      const matching = on.store.read.$with("matching").as(on.store.read.select({ slug: organizations.slug }).from(organizations));
      const rows = await on.store.read.with(matching).select().from(matching).where(eq(matching.slug, "cte"));
      expect(rows).toEqual([{ slug: "cte" }]);
    });

    test("a skipped insert returns no row, an upsert the stored row, a delete the deleted rows", async () => {
      await on.organization("taken");
      const { organizations } = on.store.read.tables;
      const row = { slug: "taken", name: "second", dateCreated: date };
      const results = await on.store.transaction(async (tx) => [
        await tx.insert(organizations).values(row).onConflictDoNothing().returning({ name: organizations.name }),
        await tx
          .insert(organizations)
          .values(row)
          .onConflictDoUpdate({ target: organizations.slug, set: { name: sql`excluded.name` } })
          .returning({ name: organizations.name }),
        await tx.update(organizations).set({ name: "third" }).where(eq(organizations.name, "nobody")).returning(),
        await tx.delete(organizations).where(eq(organizations.slug, "taken")).returning({ name: organizations.name }),
      ]);
      expect(results).toEqual([[], [{ name: "second" }], [], [{ name: "second" }]]);
    });

    test("an existing row is a unique violation, a missing parent is not", async () => {
      await on.organization("unique");
      const again = await on.organization("unique").catch((error: unknown) => error);
      expect(isUniqueViolation(again)).toBe(true);
      const orphan = on.store.transaction((tx) =>
        tx.insert(tx.tables.teams).values({ organizationId: 987_654, slug: "x", name: "x", dateCreated: date }).returning(),
      );
      expect(isUniqueViolation(await orphan.catch((error: unknown) => error))).toBe(false);
    });

    test("ids are not reused", async () => {
      const first = await on.organization("short-lived");
      const { organizations } = on.store.read.tables;
      await on.store.transaction((tx) => tx.delete(organizations).where(eq(organizations.id, first)).returning());
      expect(await on.organization("short-lived")).toBeGreaterThan(first);
    });

    test("more rows than fit in a statement are stored in parts", async () => {
      const organizationId = await on.organization("parts");
      const rows = Array.from({ length: 9_000 }, (_, n) => ({ organizationId, email: `${n}@example.com`, name: `N${n}` }));
      const stored = await on.store.transaction(async (tx) => {
        for (const part of chunked(rows)) await tx.insert(tx.tables.commitAuthors).values(part);
        return await tx.$count(tx.tables.commitAuthors, eq(tx.tables.commitAuthors.organizationId, organizationId));
      });
      expect(stored).toBe(rows.length);
    });

    describe("prepared", () => {
      const selectSlugs = prepared((db: Reader, param: { since: Date; open: boolean; name: string }) => {
        const { organizations: o } = db.tables;
        const since = sql.param(param.since, o.dateCreated);
        const open = sql.param(param.open, o.openMembership);
        const where = and(eq(o.name, param.name), gt(o.dateCreated, since), eq(o.openMembership, open));
        return db.select({ slug: o.slug }).from(o).where(where).orderBy(asc(o.id)).prepare();
      });
      const insertUser = prepared((tx: Tx, param: { username: string; joined: Date; login: Date | null; active: boolean }) => {
        const { username, joined: dateJoined, login: lastLogin, active: isActive } = param;
        const row = { username, email: username, name: username, dateJoined, lastLogin, isActive };
        return tx.insert(tx.tables.users).values(row).returning().prepare();
      });

      test("reads with dates and booleans as parameters, repeatedly", async () => {
        await on.store.transaction(async (tx) => {
          const row = { name: "prepared", openMembership: true, dateCreated: date };
          await tx.insert(tx.tables.organizations).values([
            { ...row, slug: "prepared-1" },
            { ...row, slug: "prepared-2" },
          ]);
        });
        const before = new Date(date.getTime() - 1);
        const rows = await selectSlugs(on.store.read, { name: "prepared", since: before, open: true });
        expectTypeOf(rows).toEqualTypeOf<{ slug: string }[]>();
        expect(rows).toEqual([{ slug: "prepared-1" }, { slug: "prepared-2" }]);
        expect(await selectSlugs(on.store.read, { name: "prepared", since: date, open: true })).toEqual([]);
        expect(await selectSlugs(on.store.read, { name: "prepared", since: before, open: false })).toEqual([]);
      });

      test("writes null as null, and sees its own transaction", async () => {
        const values = { joined: date, login: null, active: false };
        const names = ["prepared-a", "prepared-b", "prepared-c", "prepared-d"];
        const write = (username: string) =>
          on.store.transaction(async (tx) => {
            const [user] = await insertUser(tx, { ...values, username });
            const [seen] = await tx
              .select()
              .from(tx.tables.users)
              .where(eq(tx.tables.users.id, user?.id ?? 0));
            expect(seen).toEqual(user);
            return user;
          });
        const users = await Promise.all(names.map(write));
        const wanted = names.map((username) => ({ username, isActive: false, lastLogin: null, dateJoined: date }));
        expect(users).toMatchObject(wanted);
      });

      test("a missing value is an error", async () => {
        // @ts-expect-error "since" and "open" are missing
        await expect(selectSlugs(on.store.read, { name: "x" })).rejects.toThrow(/placeholder "since"/);
      });
    });
  });
}
