import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type SignedInBrowser, signIn } from "@landfall/testing/network/sign-in";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordSessionUse } from "../../records/last-used.ts";
import { SESSION_SECONDS } from "../../records/sessions.ts";
import { listSessions, revokeOtherSessions, revokeSession } from "./own-sessions.ts";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  let ada: number;
  let here: SignedInBrowser;
  let there: SignedInBrowser;
  let bens: SignedInBrowser;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    ada = (await bench.given.user("ada@acme.test")).id;
    here = await signIn(bench.app, ada, { ipAddress: "192.0.2.1", userAgent: "Desktop" });
    there = await signIn(bench.app, ada, { ipAddress: "198.51.100.7", userAgent: "Phone" });
    bens = await signIn(bench.app, (await bench.given.user("ben@acme.test")).id);
  });
  afterEach(() => bench.close());

  const isLive = async (browser: SignedInBrowser) => (await browser.context()).actor !== null;
  const list = async (from: SignedInBrowser, input = {}) => listSessions(await from.context(), input);

  describe("listSessions", () => {
    it("shows where the caller is signed in, the newest first, and nobody else's", async () => {
      const { items } = await list(here);
      expect(items.map(({ id, isCurrent, ipAddress, userAgent }) => [id, isCurrent, ipAddress, userAgent])).toEqual([
        [String(there.sessionId), false, "198.51.100.7", "Phone"],
        [String(here.sessionId), true, "192.0.2.1", "Desktop"],
      ]);
      expect(items[0]).toMatchObject({ dateCreated: "2026-01-02T03:04:05.678Z", dateExpires: "2026-02-01T03:04:05.678Z" });
      expect(JSON.stringify(items)).not.toMatch(/hash|token/i);
    });

    it("leaves out sessions that are over", async () => {
      bench.clock.advance(SESSION_SECONDS * 1000 - 1000);
      const late = await signIn(bench.app, ada);
      bench.clock.advance(1000);
      expect((await list(late)).items.map(({ id }) => id)).toEqual([String(late.sessionId)]);
    });

    it("comes in pages", async () => {
      const first = await list(here, { per_page: 1 });
      expect(first.items.map(({ id }) => id)).toEqual([String(there.sessionId)]);
      const second = await list(here, { per_page: 1, cursor: first.next?.cursor });
      expect(second.items.map(({ id }) => id)).toEqual([String(here.sessionId)]);
      expect(second.next?.hasResults).toBe(false);
    });
  });

  describe("revokeSession", () => {
    const revoke = async (session: string | number, from = here) => revokeSession(await from.context(), { session: String(session) });

    it("ends another session of the caller at once", async () => {
      await revoke(there.sessionId);
      expect([await isLive(here), await isLive(there), await isLive(bens)]).toEqual([true, false, true]);
    });

    it("ends the one it is called from too", async () => {
      await revoke(here.sessionId);
      expect([await isLive(here), await isLive(there)]).toEqual([false, true]);
    });

    it("does not find anybody else's, nor one twice, nor what is no id", async () => {
      await revoke(there.sessionId);
      for (const session of [bens.sessionId, there.sessionId, 0, 999, "", "x", "-1", "1e3", "99999999999"]) {
        await expect(revoke(session)).rejects.toMatchObject({ code: "not_found" });
      }
      expect(await isLive(bens)).toBe(true);
    });
  });

  describe("revokeOtherSessions", () => {
    it("ends all but the one it is called from", async () => {
      await signIn(bench.app, ada);
      expect(await revokeOtherSessions(await here.context(), {})).toEqual({ ended: 2 });
      expect([await isLive(here), await isLive(there), await isLive(bens)]).toEqual([true, false, true]);
      expect(await revokeOtherSessions(await here.context(), {})).toEqual({ ended: 0 });
    });
  });

  it("no token may, not even one with every scope", async () => {
    const authorization = `Bearer ${await bench.given.userToken("ada@acme.test", ["org:admin", "member:admin"])}`;
    const context = await bench.app.contextOf({ authorization, userAgent: null, requestId: null });
    const forbidden = { code: "forbidden", message: "This requires a signed-in user. Tokens are not accepted." };
    await expect(listSessions(context, {})).rejects.toMatchObject(forbidden);
    await expect(revokeSession(context, { session: String(here.sessionId) })).rejects.toMatchObject(forbidden);
    await expect(revokeOtherSessions(context, {})).rejects.toMatchObject(forbidden);
    expect([await isLive(here), await isLive(there)]).toEqual([true, true]);
  });

  describe("recordSessionUse", () => {
    const use = async (dateLastUsed: Date) => {
      const { actor } = await here.context();
      if (actor?.kind !== "user") throw new Error("nobody is signed in");
      const { sessionId = 0 } = actor;
      await recordSessionUse(bench.app.store, { actor: { ...actor, sessionId }, dateLastUsed }, bench.clock.now());
    };
    const lastUsed = async () => (await list(here)).items.find(({ isCurrent }) => isCurrent)?.dateLastUsed;

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
      expect((await list(there)).items.find(({ isCurrent }) => isCurrent)?.dateLastUsed).toBe("2026-01-02T03:04:05.678Z");
    });
  });
});
