import { and, asc, eq, gte, lt } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Opened } from "./store-suite.ts";

/** Texts whose order differs between bytes, locales and UTF-16: capitals, accents, digits, a character outside of the BMP. */
const texts = ["", " ", "1.10", "1.9", "A", "B", "Z", "_", "a", "a-b", "a.b", "aa", "b", "z", "é", "ﬀ", "😀"];

/** Values are read as they were written, in every dialect. */
export function storeSuiteValues(on: Opened): void {
  describe("values", () => {
    test("dates keep their milliseconds, booleans are booleans, absent is null", async () => {
      const dateLastUsed = new Date("2026-11-23T22:39:00.007Z");
      const row = { slug: "values-plain", name: "ünï", openMembership: false, isSample: true, dateCreated: dateLastUsed };
      await on.store.transaction(async (tx) => {
        await tx.insert(tx.tables.organizations).values(row);
        const user = { username: "values", email: "values@example.com", name: "V", dateJoined: dateLastUsed };
        await tx.insert(tx.tables.users).values(user);
      });
      const { organizations, users } = on.store.read.tables;
      const [organization] = await on.store.read.select().from(organizations).where(eq(organizations.slug, row.slug));
      expect(organization).toMatchObject({ ...row, membersCreateTokens: false, storageQuota: null });
      const [user] = await on.store.read.select().from(users).where(eq(users.username, "values"));
      expect(user).toMatchObject({ isActive: true, lastLogin: null, passwordHash: null, dateJoined: dateLastUsed });
    });

    test.each([
      ["an object", { version: "1", environment: "production", deployId: 3 }],
      ["keys out of order", { version: "1", deployId: 0, environment: "z" }],
      ["text that databases reject", { version: 'NUL \0 half \ud800 quote " back \\ é 😀' }],
    ])("JSON: %s", async (name, data) => {
      const organizationId = await on.organization(`values-json-${name.replaceAll(" ", "-")}`);
      const row = { organizationId, kind: "deploy", ident: "1", data, dateCreated: new Date(0) };
      const activities = await on.store.transaction(async (tx) => {
        const project = { organizationId, slug: "web", name: "web", dateCreated: new Date(0) };
        const [created] = await tx.insert(tx.tables.projects).values(project).returning();
        return await tx
          .insert(tx.tables.activities)
          .values({ ...row, projectId: created?.id ?? 0 })
          .returning();
      });
      expect(activities).toMatchObject([row]);
      expect(JSON.stringify(activities[0]?.data)).toBe(JSON.stringify(data));
    });

    test("invalid text is stored with replacement characters", async () => {
      await on.organization("nul\0nul");
      const { organizations } = on.store.read.tables;
      const found = await on.store.read.select({ slug: organizations.slug }).from(organizations).where(eq(organizations.slug, "nul\0nul"));
      expect(found).toEqual([{ slug: "nul\uFFFDnul" }]);
    });

    test("numbers are exact up to Number.MAX_SAFE_INTEGER, in ids and in sums", async () => {
      const { releases } = on.store.read.tables;
      const organizationId = await on.organization("values-large");
      const large = Number.MAX_SAFE_INTEGER;
      const date = new Date(0);
      const row = {
        organizationId,
        version: "1",
        dateCreated: date,
        dateEffective: date,
        authorIds: [],
        major: large,
        commitCount: 3_000_000_000,
      };
      const [stored] = await on.store.transaction((tx) => tx.insert(releases).values(row).returning());
      expect(stored).toMatchObject({ major: large, commitCount: 3_000_000_000, minor: null });
      expect(await on.store.read.select().from(releases).where(eq(releases.id, large))).toEqual([]);
    });

    test("text is compared and sorted by its bytes", async () => {
      const { organizations } = on.store.read.tables;
      const slugs = texts.map((text) => `order ${text}`);
      await on.store.transaction(async (tx) => {
        const shuffled = slugs.toSorted((a, b) => a.length - b.length || (a < b ? 1 : -1));
        await tx.insert(tx.tables.organizations).values(shuffled.map((slug) => ({ slug, name: "order", dateCreated: new Date(0) })));
      });
      const select = () => on.store.read.select({ slug: organizations.slug }).from(organizations).$dynamic();
      const inOrder = slugs.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const listed = await select().where(eq(organizations.name, "order")).orderBy(asc(organizations.slug));
      expect(listed.map((row) => row.slug)).toEqual(inOrder);
      const startsWithA = and(gte(organizations.slug, "order a"), lt(organizations.slug, "order b"));
      const prefixed = await select().where(startsWithA).orderBy(asc(organizations.slug));
      expect(prefixed.map((row) => row.slug)).toEqual(["order a", "order a-b", "order a.b", "order aa"]);
    });
  });
}
