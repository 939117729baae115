import { redeemSetupLink } from "@landfall/core/operations/setup/redeem-setup-link";
import { createSetupLink } from "@landfall/core/operations/setup/setup-link";
import { SESSION_SECONDS } from "@landfall/core/records/accounts/sessions";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Browser } from "./browser.ts";
import { OLGA, type SignInWorld, signInWorld } from "./sign-in-world.ts";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let world: SignInWorld;
  beforeEach(async () => {
    world = await signInWorld(kind);
  });
  afterEach(() => world.close());

  const who = async (browser: Browser) => {
    const response = await browser.get("/api/trpc/me.get");
    return response.status === 200 ? emailIn(await response.json()) : response.status;
  };

  test("a signed-in user is known to tRPC and REST, has the permissions of their role, and is anonymous after signing out", async () => {
    const browser = world.browser();
    expect(await who(browser)).toBe(401);
    const signedIn = await browser.post("/api/auth/sign-in/password", OLGA);
    expect([signedIn.status, await signedIn.text()]).toEqual([204, ""]);
    expect(await who(browser)).toBe(OLGA.email);
    expect(await (await browser.get("/api/0/auth/")).json()).toMatchObject({ email: OLGA.email, lastLogin: "2026-01-02T03:04:05.678Z" });

    const release = { organization: "acme", version: "1.0", projects: ["web"] };
    expect((await browser.post("/api/trpc/releases.create", release)).status).toBe(200);
    expect((await browser.get("/api/0/organizations/acme/releases/1.0/")).status).toBe(200);

    const kept = new Map(browser.cookies);
    expect((await browser.post("/api/auth/sign-out", {})).status).toBe(204);
    expect([...browser.cookies.keys()]).toEqual([]);
    expect(await who(browser)).toBe(401);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect(await who(browser)).toBe(401);
  });

  test("the cookie is only for this server's pages, hidden from scripts, and valid for 30 days; the response has no secret", async () => {
    const response = await world.browser().post("/api/auth/sign-in/password", OLGA);
    const [line = "", ...more] = response.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(line.split("; ").slice(1)).toEqual(["Path=/", `Max-Age=${SESSION_SECONDS}`, "HttpOnly", "SameSite=Lax"]);
    expect(line).toMatch(/^landfall\.session_token=[A-Za-z0-9]{32}\.[A-Za-z0-9%]+;/);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("only the sha256 of the token is stored, and it is not a valid cookie", async () => {
    const browser = await world.signedIn();
    const { read } = world.app.store;
    const [session] = await read.select().from(read.tables.sessions);
    const [, token = ""] = /=?([A-Za-z0-9]{32})/.exec(browser.cookies.get("landfall.session_token") ?? "") ?? [];
    expect(token).toHaveLength(32);
    expect(JSON.stringify(session)).not.toContain(token);
    browser.cookies.set("landfall.session_token", `${session?.tokenHash.slice(0, 32)}.x`);
    expect(await who(browser)).toBe(401);
  });

  test("a user created by a setup link signs in with the password entered there", async () => {
    const context = await world.app.contextOf({ authorization: null, userAgent: null, requestId: null });
    const { url } = await createSetupLink(context, { organization: "acme" });
    const ben = { email: "ben@localhost", password: "battery staple" };
    await redeemSetupLink(context, { link: url.slice(url.lastIndexOf("/") + 1), ...ben, name: "Ben" });
    expect(await who(await world.signedIn(ben.email, ben.password))).toBe(ben.email);
  });

  test("a session can be listed and ended from another one", async () => {
    const [here, there] = [await world.signedIn(), await world.signedIn()];
    const listed = await here.get("/api/trpc/sessions.list");
    const items = itemsIn(await listed.json());
    expect(items.map(({ isCurrent, ipAddress, userAgent }) => [isCurrent, ipAddress, userAgent])).toEqual([
      [false, "192.0.2.1", "Mozilla/5.0 (test)"],
      [true, "192.0.2.1", "Mozilla/5.0 (test)"],
    ]);
    expect((await here.post("/api/trpc/sessions.revoke", { session: items[0]?.id })).status).toBe(200);
    expect([await who(here), await who(there)]).toEqual([OLGA.email, 401]);
  });

  test("a new password ends every session, and the old one is rejected", async () => {
    const [here, there] = [await world.signedIn(), await world.signedIn()];
    const change = { currentPassword: OLGA.password, newPassword: "battery staple" };
    const changed = await here.post("/api/trpc/password.change", change);
    expect(await changed.json()).toEqual({ result: { data: { ended: 2, revokedTokens: 0 } } });
    expect([await who(here), await who(there)]).toEqual([401, 401]);
    expect((await there.post("/api/auth/sign-in/password", OLGA)).status).toBe(401);
    expect((await there.post("/api/auth/sign-in/password", { ...OLGA, password: "battery staple" })).status).toBe(204);
  });

  test("a session ends when it expires, and at once when the user is deactivated", async () => {
    const browser = await world.signedIn();
    world.clock.advance(SESSION_SECONDS * 1000 - 1);
    expect(await who(browser)).toBe(OLGA.email);
    const late = await world.signedIn();
    world.clock.advance(1);
    expect([await who(browser), await who(late)]).toEqual([401, OLGA.email]);
    await world.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.users).set({ isActive: false }).where(eq(tx.tables.users.email, OLGA.email));
    });
    expect(await who(late)).toBe(401);
    expect((await late.post("/api/auth/sign-in/password", OLGA)).status).toBe(401);
  });

  test("sign-ins and sign-outs are in the audit log, with the IP address and the request", async () => {
    const browser = world.browser();
    await browser.post("/api/auth/sign-in/password", OLGA, { "x-request-id": "r-in" });
    await browser.post("/api/auth/sign-out", {}, { "x-request-id": "r-out" });
    const { read } = world.app.store;
    const entries = await read.select().from(read.tables.auditLog).orderBy(read.tables.auditLog.id);
    const sessionEvents = entries.filter(({ action }) => action.startsWith("session."));
    expect(sessionEvents.map(({ action, target, requestId }) => [action, target, requestId])).toEqual([
      ["session.create", OLGA.email, "r-in"],
      ["session.end", OLGA.email, "r-out"],
    ]);
    expect(sessionEvents[0]?.details).toMatchObject({ ipAddress: "192.0.2.1" });
  });
});

describe("signing in", () => {
  let world: SignInWorld;
  beforeEach(async () => {
    world = await signInWorld();
  });
  afterEach(() => world.close());
  const refusal = async (credentials: unknown, browser = world.browser()) => {
    const response = await browser.post("/api/auth/sign-in/password", credentials);
    return { status: response.status, body: await response.json(), cookies: response.headers.getSetCookie() };
  };

  test("an unknown email, a wrong password and a user without a password have the same response", async () => {
    await world.given.user("token-only@acme.test");
    const responses = [
      await refusal({ email: "nobody@acme.test", password: "correct horse" }),
      await refusal({ email: OLGA.email, password: "wrong horse" }),
      await refusal({ email: "token-only@acme.test", password: "correct horse" }),
    ];
    const same = { status: 401, body: { detail: "The email address or the password is wrong.", issues: [] }, cookies: [] };
    expect(responses).toEqual([same, same, same]);
  });

  test("after five wrong passwords from one network it is slowed down, for right ones too, but not other networks", async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1) statuses.push((await refusal({ email: OLGA.email, password: "wrong horse" })).status);
    expect(statuses).toEqual([...Array.from({ length: 5 }, () => 401), 429]);
    const body = { detail: "Too many wrong passwords. Try again in a second." };
    expect(await refusal(OLGA)).toMatchObject({ status: 429, body, cookies: [] });
    const elsewhere = world.browser({ client: "198.51.100.7" });
    expect((await elsewhere.post("/api/auth/sign-in/password", OLGA)).status).toBe(204);
    world.clock.advance(1000);
    expect((await world.browser().post("/api/auth/sign-in/password", OLGA)).status).toBe(204);
  });

  test("a changed password ends every session and opens a new one in the same browser", async () => {
    const [here, there] = [await world.signedIn(), await world.signedIn()];
    const before = here.cookies.get("landfall.session_token") ?? "";
    const request = (cookie: string, headers: Record<string, string> = {}) => ({
      method: "POST",
      url: "http://landfall.test/",
      headers: new Headers({ cookie: `landfall.session_token=${cookie}`, origin: "http://landfall.test", ...headers }),
    });
    const input = { currentPassword: OLGA.password, newPassword: "battery staple" };
    await expect(world.auth.changePassword(request(before, { origin: "https://evil.test" }), input)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(world.auth.changePassword(request("none"), input)).rejects.toMatchObject({ code: "unauthenticated" });
    const { cookies, ...changed } = await world.auth.changePassword(request(before), input);
    expect(changed).toEqual({ ended: 2, revokedTokens: 0 });
    for (const browser of [here, there]) expect((await browser.get("/api/trpc/me.get")).status).toBe(401);
    for (const { name, value } of cookies) here.cookies.set(name, encodeURIComponent(value));
    expect(here.cookies.get("landfall.session_token")).not.toBe(before);
    expect((await here.get("/api/trpc/me.get")).status).toBe(200);
  });

  test("errors of a form are reported by field", async () => {
    expect(await refusal({ email: "", password: 1 })).toMatchObject({
      status: 400,
      body: { issues: [{ path: ["email"], message: "This field may not be blank." }] },
    });
  });

  test("there is no way to create an account", async () => {
    const { length: before } = await world.app.store.read.select().from(world.app.store.read.tables.users);
    for (const path of [
      "sign-up/email",
      "sign-up",
      "update-user",
      "change-password",
      "set-password",
      "link-social",
      "get-session",
      "ok",
      "start-session",
    ]) {
      const response = await world
        .browser()
        .post(`/api/auth/${path}`, { name: "Eve", email: "eve@evil.test", password: "battery staple", id: "1" });
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    expect(await world.app.store.read.select().from(world.app.store.read.tables.users)).toHaveLength(before);
  });
});

function emailIn(body: unknown): unknown {
  return Reflect.get(resultOf(body), "email");
}

type Listed = { readonly id: string; readonly isCurrent: boolean; readonly ipAddress: string | null; readonly userAgent: string | null };

/** The items of a list of sessions; a test compares what it needs of them. */
const itemsIn = (body: unknown) => Reflect.get(resultOf(body), "items") as Listed[];

/** The result in a response of tRPC; the cast is safe since an error has no `result`. */
const resultOf = (body: unknown) => (body as { result: { data: object } }).result.data;
