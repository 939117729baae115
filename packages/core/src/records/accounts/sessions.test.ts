import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashToken } from "../../access/token-text.ts";
import type { Context } from "../../kernel/context.ts";
import { closeSession, openSession, SESSION_SECONDS } from "./sessions.ts";

const TOKEN = "abcdefghijklmnopqrstuvwxyz012345";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  let ada: number;
  let context: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    ada = (await bench.given.user("ada@acme.test")).id;
    context = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: "r-1" });
  });
  afterEach(() => bench.close());

  const sessions = () => {
    const { read } = bench.app.store;
    return read.select().from(read.tables.sessions).orderBy(asc(read.tables.sessions.id));
  };
  const audit = async () => {
    const { read } = bench.app.store;
    const rows = await read.select().from(read.tables.auditLog).orderBy(asc(read.tables.auditLog.id));
    return rows.map(({ actor, action, target, details, requestId }) => ({ actor, action, target, details, requestId }));
  };
  const open = (token = TOKEN, more = {}) =>
    openSession(context, { userId: ada, token, ipAddress: "192.0.2.1", userAgent: "Browser", ...more });

  describe("openSession", () => {
    it("stores the session by the sha256 of its token, for 30 days", async () => {
      const session = await open();
      expect(await sessions()).toEqual([session]);
      expect(session).toMatchObject({ userId: ada, tokenHash: hashToken(TOKEN), ipAddress: "192.0.2.1", userAgent: "Browser" });
      expect(session.dateExpires.getTime() - bench.clock.now().getTime()).toBe(30 * 24 * 60 * 60 * 1000);
      expect(SESSION_SECONDS).toBe(30 * 24 * 60 * 60);
    });

    it("stores the last sign-in of the user, and writes the audit event", async () => {
      const { id } = await open();
      const { read } = bench.app.store;
      const [user] = await read.select().from(read.tables.users).where(eq(read.tables.users.id, ada));
      expect(user?.lastLogin).toEqual(bench.clock.now());
      const details = { id, ipAddress: "192.0.2.1" };
      expect(await audit()).toEqual([
        { actor: `user:${ada}`, action: "session.create", target: "ada@acme.test", details, requestId: "r-1" },
      ]);
    });

    it("accepts a missing and an overlong user agent", async () => {
      expect(await open(TOKEN, { ipAddress: null, userAgent: null })).toMatchObject({ ipAddress: null, userAgent: null });
      expect((await open(TOKEN.toUpperCase(), { userAgent: "x".repeat(5000) })).userAgent).toHaveLength(256);
    });

    it("deletes ended sessions, and no others", async () => {
      await open("1".repeat(32));
      bench.clock.advance(1000);
      const second = await open("2".repeat(32));
      bench.clock.advance(SESSION_SECONDS * 1000 - 1000);
      const third = await open("3".repeat(32));
      expect((await sessions()).map(({ id }) => id)).toEqual([second.id, third.id]);
    });

    it("stores nothing for an unknown user", async () => {
      await expect(open(TOKEN, { userId: 99 })).rejects.toThrow();
      expect(await sessions()).toEqual([]);
      expect(await audit()).toEqual([]);
    });
  });

  describe("closeSession", () => {
    it("ends the session with this token, and no other", async () => {
      const { id } = await open();
      const other = await open("2".repeat(32));
      await closeSession(context, TOKEN);
      expect((await sessions()).map((session) => session.id)).toEqual([other.id]);
      expect((await audit()).at(-1)).toMatchObject({
        actor: `user:${ada}`,
        action: "session.end",
        target: "ada@acme.test",
        details: { id },
      });
    });

    it("ends nothing for an unknown token", async () => {
      await open();
      await closeSession(context, "2".repeat(32));
      await closeSession(context, hashToken(TOKEN));
      expect(await sessions()).toHaveLength(1);
    });
  });
});
