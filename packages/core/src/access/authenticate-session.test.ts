import { SCOPES } from "@landfall/schema/scope";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../create-app.ts";
import { SESSION_SECONDS } from "../records/accounts/sessions.ts";
import { authenticateSession, SESSION_COOKIE, sessionToken } from "./authenticate-session.ts";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let bench: TestApp;
  let ada: number;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    await bench.given.organization("acme");
    ada = (await bench.given.user("ada@acme.test", { organization: "acme" })).id;
  });
  afterEach(() => bench.close());

  const request = (cookie: string | null, { method = "GET", origin = bench.app.origin } = {}) => ({
    method,
    url: `${bench.app.origin}/api/trpc/x`,
    headers: new Headers({ origin, ...(cookie === null ? {} : { cookie }) }),
  });
  const authenticateFrom = (from: ReturnType<typeof request>) =>
    authenticateSession(bench.app.store.read, from, { now: bench.clock.now(), origin: bench.app.origin });

  describe("authenticateSession", () => {
    it("authenticates the user of the cookie, with the scopes of their role", async () => {
      const { cookie, sessionId } = await signIn(bench.app, ada);
      const found = await authenticateFrom(request(`theme=dark; ${cookie}`));
      expect(found).toEqual({
        actor: { kind: "user", userId: ada, tokenId: null, sessionId, scopes: new Set(SCOPES) },
        dateLastUsed: bench.clock.now(),
      });
    });

    it("returns null without a valid cookie", async () => {
      const { cookie } = await signIn(bench.app, ada);
      expect(await authenticateFrom(request(null))).toBeNull();
      expect(await authenticateFrom(request("theme=dark"))).toBeNull();
      expect(await authenticateFrom(request(cookie.replace(/=./, "=_")))).toBeNull();
      expect(await authenticateFrom(request(cookie.replace(/=(.)/, (_, first) => (first === "0" ? "=1" : "=0"))))).toBeNull();
    });

    it("rejects an expired session", async () => {
      const { cookie } = await signIn(bench.app, ada);
      bench.clock.advance(SESSION_SECONDS * 1000 - 1);
      expect(await authenticateFrom(request(cookie))).not.toBeNull();
      bench.clock.advance(1);
      expect(await authenticateFrom(request(cookie))).toBeNull();
    });

    it("rejects all sessions of a deactivated user", async () => {
      const { cookie } = await signIn(bench.app, ada);
      await bench.app.store.transaction(async (tx) => {
        await tx.update(tx.tables.users).set({ isActive: false }).where(eq(tx.tables.users.id, ada));
      });
      expect(await authenticateFrom(request(cookie))).toBeNull();
    });

    it("refuses cross-site requests with a valid session", async () => {
      const { cookie } = await signIn(bench.app, ada);
      const foreign = { method: "POST", origin: "https://evil.test" };
      await expect(authenticateFrom(request(cookie, foreign))).rejects.toMatchObject({ code: "forbidden", reason: "foreign_request" });
      expect(await authenticateFrom(request(null, foreign))).toBeNull();
      expect(await authenticateFrom(request(cookie, { ...foreign, method: "GET" }))).not.toBeNull();
      expect(await authenticateFrom(request(cookie, { method: "POST" }))).not.toBeNull();
    });
  });

  describe("contextOf", () => {
    const facts = { userAgent: null, requestId: null };

    it("uses the cookie if there is no token", async () => {
      const { cookie, sessionId } = await signIn(bench.app, ada);
      const proxied = `Basic ${Buffer.from("team:password").toString("base64")}`;
      for (const authorization of [null, proxied]) {
        const { actor } = await bench.app.contextOf({ ...facts, authorization, browser: request(cookie) });
        expect(actor).toMatchObject({ userId: ada, tokenId: null, sessionId });
      }
      expect((await bench.app.contextOf({ ...facts, authorization: null })).actor).toBeNull();
    });

    it("ignores the cookie if there is a token, even an invalid one", async () => {
      const { cookie } = await signIn(bench.app, ada);
      const browser = request(cookie);
      const get = vi.spyOn(browser.headers, "get");
      const authorization = `Bearer ${await bench.given.userToken("ada@acme.test", ["org:read"])}`;
      const { actor } = await bench.app.contextOf({ ...facts, authorization, browser });
      expect(actor).toMatchObject({ userId: ada, tokenId: expect.any(Number) });
      await expect(bench.app.contextOf({ ...facts, authorization: "Bearer none", browser })).rejects.toMatchObject({
        code: "unauthenticated",
      });
      expect(get).not.toHaveBeenCalled();
    });

    it("reports each use of a session", async () => {
      const { cookie, sessionId } = await signIn(bench.app, ada);
      const used = vi.fn<(session: unknown, now: Date) => void>();
      const app = createApp({ store: bench.app.store, origin: bench.app.origin, now: bench.clock.now, onSessionUse: used });
      await app.contextOf({ ...facts, authorization: null, browser: request(cookie) });
      await app.contextOf({ ...facts, authorization: null, browser: request(null) });
      expect(used.mock.calls).toEqual([[expect.objectContaining({ actor: expect.objectContaining({ sessionId }) }), bench.clock.now()]]);
    });
  });
});

const TOKEN = "abcdefghijklmnopqrstuvwxyz012345";

describe("sessionToken", () => {
  it.each([
    [`${SESSION_COOKIE}=${TOKEN}.c2lnbg%3D%3D`],
    [`${SESSION_COOKIE}=${TOKEN}`],
    [`theme=dark; ${SESSION_COOKIE}=${TOKEN}.s; more=1`],
    [`theme=dark;${SESSION_COOKIE}=${TOKEN};more=1`],
    [`${SESSION_COOKIE}=short; ${SESSION_COOKIE}=${TOKEN}.s`],
  ])("is found in %s", (cookies) => {
    expect(sessionToken(cookies)).toBe(TOKEN);
  });

  it.each([
    [""],
    ["theme=dark"],
    [`other.${SESSION_COOKIE}=${TOKEN}.s`],
    [`landfallXsession_token=${TOKEN}.s`],
    [`theme=${SESSION_COOKIE}=${TOKEN}.s`],
    [`${SESSION_COOKIE}=${TOKEN}x.s`],
    [`${SESSION_COOKIE}=${TOKEN.slice(1)}.s`],
    [`${SESSION_COOKIE}=${TOKEN.slice(1)}'.s`],
    [`${SESSION_COOKIE}="${TOKEN}.s"`],
  ])("is not found in %s", (cookies) => {
    expect(sessionToken(cookies)).toBeNull();
  });

  it("is found among any other cookies, and is always 32 letters and digits", () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}$/);
    const value = fc.stringMatching(/^[A-Za-z0-9%._~-]{0,20}$/);
    const others = fc.array(fc.tuple(name, value).map(([one, text]) => `${one}=${text}`));
    fc.assert(
      fc.property(others, others, (before, after) => {
        expect(sessionToken([...before, `${SESSION_COOKIE}=${TOKEN}.s`, ...after].join("; "))).toBe(TOKEN);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(sessionToken(`${SESSION_COOKIE}=${text}`) ?? TOKEN).toMatch(/^[A-Za-z0-9]{32}$/);
      }),
    );
  });
});
