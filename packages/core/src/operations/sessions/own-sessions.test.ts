import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type SignedInBrowser, signIn } from "@landfall/testing/network/sign-in";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordSessionUse } from "../../records/accounts/last-used.ts";
import { SESSION_SECONDS } from "../../records/accounts/sessions.ts";
import { listSessions, revokeOtherSessions, revokeSession } from "./own-sessions.ts";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  let ada: number;
  let current: SignedInBrowser;
  let other: SignedInBrowser;
  let bensSession: SignedInBrowser;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    ada = (await bench.given.user("ada@acme.test")).id;
    current = await signIn(bench.app, ada, { ipAddress: "192.0.2.1", userAgent: "Desktop" });
    other = await signIn(bench.app, ada, { ipAddress: "198.51.100.7", userAgent: "Phone" });
    bensSession = await signIn(bench.app, (await bench.given.user("ben@acme.test")).id);
  });
  afterEach(() => bench.close());

  const isLive = async (browser: SignedInBrowser) => (await browser.context()).actor !== null;
  const list = async (from: SignedInBrowser, input = {}) => listSessions(await from.context(), input);

  describe("listSessions", () => {
    it("lists the sessions of the caller only, newest first", async () => {
      const { items } = await list(current);
      expect(items.map(({ id, isCurrent, ipAddress, userAgent }) => [id, isCurrent, ipAddress, userAgent])).toEqual([
        [String(other.sessionId), false, "198.51.100.7", "Phone"],
        [String(current.sessionId), true, "192.0.2.1", "Desktop"],
      ]);
      expect(items[0]).toMatchObject({ dateCreated: "2026-01-02T03:04:05.678Z", dateExpires: "2026-02-01T03:04:05.678Z" });
      expect(JSON.stringify(items)).not.toMatch(/hash|token/i);
    });

    it("leaves out sessions that have ended", async () => {
      bench.clock.advance(SESSION_SECONDS * 1000 - 1000);
      const late = await signIn(bench.app, ada);
      bench.clock.advance(1000);
      expect((await list(late)).items.map(({ id }) => id)).toEqual([String(late.sessionId)]);
    });

    it("has pages", async () => {
      const first = await list(current, { per_page: 1 });
      expect(first.items.map(({ id }) => id)).toEqual([String(other.sessionId)]);
      const second = await list(current, { per_page: 1, cursor: first.next?.cursor });
      expect(second.items.map(({ id }) => id)).toEqual([String(current.sessionId)]);
      expect(second.next?.hasResults).toBe(false);
    });
  });

  describe("revokeSession", () => {
    const revoke = async (session: string | number, from = current) => revokeSession(await from.context(), { session: String(session) });

    it("ends another session of the caller at once", async () => {
      await revoke(other.sessionId);
      expect([await isLive(current), await isLive(other), await isLive(bensSession)]).toEqual([true, false, true]);
    });

    it("ends the current session too", async () => {
      await revoke(current.sessionId);
      expect([await isLive(current), await isLive(other)]).toEqual([false, true]);
    });

    it("does not find sessions of others, ended sessions, or invalid ids", async () => {
      await revoke(other.sessionId);
      for (const session of [bensSession.sessionId, other.sessionId, 0, 999, "", "x", "-1", "1e3", "99999999999"]) {
        await expect(revoke(session)).rejects.toMatchObject({ code: "not_found" });
      }
      expect(await isLive(bensSession)).toBe(true);
    });
  });

  describe("revokeOtherSessions", () => {
    it("ends all sessions except the current one", async () => {
      await signIn(bench.app, ada);
      expect(await revokeOtherSessions(await current.context(), {})).toEqual({ ended: 2 });
      expect([await isLive(current), await isLive(other), await isLive(bensSession)]).toEqual([true, false, true]);
      expect(await revokeOtherSessions(await current.context(), {})).toEqual({ ended: 0 });
    });
  });

  it("refuses tokens, even with every scope", async () => {
    const authorization = `Bearer ${await bench.given.userToken("ada@acme.test", ["org:admin", "member:admin"])}`;
    const context = await bench.app.contextOf({ authorization, userAgent: null, requestId: null });
    const forbidden = { code: "forbidden", message: "This requires a signed-in user. Tokens are not accepted." };
    await expect(listSessions(context, {})).rejects.toMatchObject(forbidden);
    await expect(revokeSession(context, { session: String(current.sessionId) })).rejects.toMatchObject(forbidden);
    await expect(revokeOtherSessions(context, {})).rejects.toMatchObject(forbidden);
    expect([await isLive(current), await isLive(other)]).toEqual([true, true]);
  });

  describe("recordSessionUse", () => {
    const use = async (dateLastUsed: Date) => {
      const { actor } = await current.context();
      if (actor?.kind !== "user") throw new Error("no user is signed in");
      const { sessionId = 0 } = actor;
      await recordSessionUse(bench.app.store, { actor: { ...actor, sessionId }, dateLastUsed }, bench.clock.now());
    };
    const lastUsed = async () => (await list(current)).items.find(({ isCurrent }) => isCurrent)?.dateLastUsed;

    it("stores a use once in five minutes", async () => {
      const signedInAt = bench.clock.now();
      bench.clock.advance(5 * 60_000 - 1);
      await use(signedInAt);
      expect(await lastUsed()).toBe("2026-01-02T03:04:05.678Z");
      bench.clock.advance(1);
      await use(signedInAt);
      expect(await lastUsed()).toBe("2026-01-02T03:09:05.678Z");
    });

    it("never goes back in time, and leaves other sessions alone", async () => {
      const signedInAt = bench.clock.now();
      bench.clock.advance(20 * 60_000);
      await use(signedInAt);
      bench.clock.advance(-10 * 60_000);
      await use(signedInAt);
      expect(await lastUsed()).toBe("2026-01-02T03:24:05.678Z");
      expect((await list(other)).items.find(({ isCurrent }) => isCurrent)?.dateLastUsed).toBe("2026-01-02T03:04:05.678Z");
    });
  });
});
