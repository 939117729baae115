import { SYSTEM_ACTOR } from "@landfall/core/kernel/actor";
import { redeemInvitation } from "@landfall/core/operations/invitations/accept";
import { createInvitation } from "@landfall/core/operations/invitations/manage";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Browser } from "./browser.ts";
import { type FakeProvider, fakeProvider, oidcOptions } from "./fake-provider.ts";
import { OLGA, type SignInWorld, signInWorld } from "./sign-in-world.ts";

const ORIGIN = "http://landfall.test";

describe.each(["sqlite", "pglite"] as const)("over %s", (kind) => {
  let provider: FakeProvider;
  let world: SignInWorld;
  beforeEach(async () => {
    provider = await fakeProvider();
    world = await signInWorld(kind, { origin: ORIGIN, oidc: oidcOptions(provider) });
  });
  afterEach(async () => {
    await world.close();
    await provider[Symbol.asyncDispose]();
  });

  const location = (response: Response) => response.headers.get("location") ?? "";

  /** Follows all redirects, and returns the last path. */
  async function goThere(browser: Browser, next = "/acme/releases"): Promise<string> {
    const left = await browser.get(`/api/auth/sign-in/oidc?next=${encodeURIComponent(next)}`);
    expect(left.status).toBe(303);
    return location(await browser.get(provider.visit(location(left))));
  }

  const who = async (browser: Browser) => (await browser.get("/api/trpc/me.get")).status;
  const OLGAS = { sub: "s-1", email: OLGA.email, email_verified: true, name: "Olga" };

  test("a member with a verified email is signed in, and returns to the requested page", async () => {
    provider.expect(OLGAS);
    const browser = world.browser();
    expect(await goThere(browser)).toBe("/acme/releases");
    expect(await who(browser)).toBe(200);
    expect([...browser.cookies.keys()]).toEqual(["landfall.session_token"]);
  });

  test("a member who signs in with a provider takes over an account that another person created with their email", async () => {
    // The creator of the invitation has its link, but only knows the email.
    const anonymous = await world.app.contextOf({ authorization: null, userAgent: null, requestId: null });
    const { url } = await createInvitation(
      { ...anonymous, actor: SYSTEM_ACTOR },
      { organization: "acme", email: "victim@acme.test", role: "member" },
    );
    const hijacked = { email: "victim@acme.test", password: "known to the hijacker" };
    await redeemInvitation(anonymous, { secret: url.split("/").at(-1) ?? "", password: hijacked.password });
    const hijacker = await world.signedIn(hijacked.email, hijacked.password);
    const created = await hijacker.post("/api/trpc/me.createToken", { name: "kept", scopes: ["org:read"] });
    const token = tokenIn(await created.json());
    const statusOfToken = async () => (await world.browser().get("/api/trpc/me.get", { authorization: `Bearer ${token}` })).status;
    expect([await who(hijacker), await statusOfToken()]).toEqual([200, 200]);

    provider.expect({ sub: "s-9", email: "Victim@acme.test", email_verified: true, name: "Victim" });
    const victim = world.browser();
    expect(await goThere(victim)).toBe("/acme/releases");
    expect(await who(victim)).toBe(200);
    expect([await who(hijacker), await statusOfToken()]).toEqual([401, 401]);
    expect((await world.browser().post("/api/auth/sign-in/password", hijacked)).status).toBe(401);
    const { read } = world.app.store;
    const [address] = await read.select().from(read.tables.userEmails).where(eq(read.tables.userEmails.email, hijacked.email));
    expect(address?.isVerified).toBe(true);
    const entries = await read.select().from(read.tables.auditLog).where(eq(read.tables.auditLog.action, "identity.link"));
    expect(entries).toMatchObject([{ details: { verified: "victim@acme.test", removed: { password: true, sessions: 1, tokens: 1 } } }]);
  });

  test("the authorization request uses the code flow with PKCE, a nonce and a state", async () => {
    const left = await world.browser().get("/api/auth/sign-in/oidc");
    const requested = new URL(location(left));
    expect(requested.origin + requested.pathname).toBe(`${provider.issuer}/authorize`);
    const params = Object.fromEntries(requested.searchParams);
    expect(params).toMatchObject({
      response_type: "code",
      client_id: "landfall",
      redirect_uri: `${ORIGIN}/api/auth/callback/oidc`,
      code_challenge_method: "S256",
    });
    expect(params["scope"]?.split(" ").toSorted()).toEqual(["email", "openid", "profile"]);
    for (const name of ["code_challenge", "nonce", "state"]) expect(params[name]?.length).toBeGreaterThan(20);
    for (const line of left.headers.getSetCookie()) expect(line).toMatch(/HttpOnly; SameSite=Lax$/);
    expect(left.headers.get("cache-control")).toBe("no-store");
  });

  test("later sign-ins identify the person by the provider's subject, even if the email changed", async () => {
    provider.expect(OLGAS);
    await goThere(world.browser());
    provider.expect({ ...OLGAS, email: "olga@renamed.test", email_verified: false });
    const browser = world.browser();
    expect(await goThere(browser)).toBe("/acme/releases");
    expect(await who(browser)).toBe(200);
    const { read } = world.app.store;
    expect(await read.select().from(read.tables.identities)).toMatchObject([
      { provider: expect.any(String), subject: expect.stringContaining("s-1") },
    ]);
    expect(JSON.stringify(await read.select().from(read.tables.identities))).not.toMatch(/access|eyJ/);
  });

  test.each<[string, Parameters<FakeProvider["expect"]>, string]>([
    ["an unknown person", [{ ...OLGAS, email: "eve@evil.test" }], "signup_disabled"],
    ["an email that the provider has not verified", [{ ...OLGAS, email_verified: false }], "account_not_linked"],
    ["an email that is unverified here", [{ ...OLGAS, email: "claimed@acme.test" }], "account_not_linked"],
    ["a person without an organization", [{ ...OLGAS, email: "loner@acme.test" }], "signup_disabled"],
    ["no email", [{ sub: "s-1" }], "unable_to_get_user_info"],
    ["a token for another server", [OLGAS, { claims: { aud: "other" } }], "unable_to_get_user_info"],
    ["a token of another provider", [OLGAS, { claims: { iss: "https://evil.test" } }], "unable_to_get_user_info"],
    ["a token for another sign-in", [OLGAS, { claims: { nonce: "other" } }], "unable_to_get_user_info"],
    ["an expired token", [OLGAS, { claims: { exp: 1 } }], "unable_to_get_user_info"],
    ["a token signed with another key", [OLGAS, { key: "other" }], "unable_to_get_user_info"],
  ])("%s is rejected", async (_, who, code) => {
    const { tables } = world.app.store.read;
    const loner = await world.given.user("loner@acme.test");
    await world.app.store.transaction(async (tx) => {
      const [olga] = await tx.select().from(tables.users).where(eq(tables.users.email, OLGA.email));
      await tx.insert(tables.userEmails).values({ userId: olga?.id ?? loner.id, email: "claimed@acme.test", isVerified: false });
    });
    const before = await world.app.store.read.$count(tables.users);
    provider.expect(...who);
    const browser = world.browser();
    const end = new URL(await goThere(browser), ORIGIN);
    expect([end.pathname, end.searchParams.get("error")]).toEqual(["/sign-in", code]);
    expect((await browser.get("/api/trpc/me.get")).status).toBe(401);
    expect(await world.app.store.read.$count(tables.users)).toBe(before);
    expect(await world.app.store.read.$count(tables.identities)).toBe(0);
    expect(await world.app.store.read.$count(tables.sessions)).toBe(0);
  });

  test("a deactivated person is rejected", async () => {
    provider.expect(OLGAS);
    await goThere(world.browser());
    await world.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.users).set({ isActive: false }).where(eq(tx.tables.users.email, OLGA.email));
    });
    expect(await goThere(world.browser())).toBe("/sign-in?error=unable_to_link_account");
  });

  test("a callback that this browser did not start, or that was used before, is rejected", async () => {
    provider.expect(OLGAS);
    const left = await world.browser().get("/api/auth/sign-in/oidc");
    const back = provider.visit(location(left));
    const other = world.browser();
    expect(location(await other.get(back))).toBe("/sign-in?error=state_mismatch");
    expect(await who(other)).toBe(401);
    const browser = world.browser();
    const first = await browser.get("/api/auth/sign-in/oidc");
    const callback = provider.visit(location(first));
    await browser.get(callback);
    expect(await who(browser)).toBe(200);
    expect(location(await browser.get(callback))).toMatch(/^\/sign-in\?error=/);
    expect(location(await world.browser().get("/api/auth/callback/oidc"))).toBe("/sign-in?error=state_not_found");
    expect(provider.exchanges()).toBe(1);
  });

  test("a rejection by the provider is shown as an error", async () => {
    const browser = world.browser();
    const left = await browser.get("/api/auth/sign-in/oidc");
    const state = new URL(location(left)).searchParams.get("state") ?? "";
    const back = await browser.get(`/api/auth/callback/oidc?error=access_denied&state=${encodeURIComponent(state)}`);
    expect(location(back)).toBe("/sign-in?error=access_denied");
  });

  test.each([
    ["https://evil.test/"],
    ["//evil.test"],
    ["/.//evil.test"],
    ["/a/..//evil.test"],
    ["/%2e//evil.test"],
    ["/\\evil.test"],
    ["javascript:alert(1)"],
    ["acme"],
    ["/a\nb"],
    [""],
  ])("the next path %j is replaced", async (next) => {
    provider.expect(OLGAS);
    expect(await goThere(world.browser(), next)).toBe("/");
  });

  test("the session of a provider sign-in can be ended like any other", async () => {
    provider.expect(OLGAS);
    const browser = world.browser();
    await goThere(browser);
    expect((await browser.post("/api/auth/sign-out", {})).status).toBe(204);
    expect(await who(browser)).toBe(401);
  });
});

test("an unreachable provider is reported, and tried again at the next sign-in", async () => {
  const provider = await fakeProvider();
  const unreachable = oidcOptions(provider);
  await provider[Symbol.asyncDispose]();
  const world = await signInWorld("sqlite", { origin: ORIGIN, oidc: unreachable });
  const left = await world.browser().get("/api/auth/sign-in/oidc");
  expect([left.status, left.headers.get("location")]).toEqual([303, "/sign-in?error=provider_unavailable"]);
  expect(world.problems.join()).toContain("oidc");
  expect((await world.browser().post("/api/auth/sign-in/password", OLGA)).status).toBe(204);
  await world.close();
});

test("without a provider these paths do not exist", async () => {
  const world = await signInWorld();
  for (const path of ["sign-in/oidc", "callback/oidc"]) expect((await world.browser().get(`/api/auth/${path}`)).status).toBe(404);
  await world.close();
});

/** The token in a response of tRPC. */
const tokenIn = (body: unknown): string => (body as { result: { data: { token: string } } }).result.data.token;
