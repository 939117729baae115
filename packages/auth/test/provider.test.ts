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

  /** Goes the whole way, and answers where it ended. */
  async function goThere(browser: Browser, next = "/acme/releases"): Promise<string> {
    const left = await browser.get(`/api/auth/sign-in/oidc?next=${encodeURIComponent(next)}`);
    expect(left.status).toBe(303);
    return location(await browser.get(provider.visit(location(left))));
  }

  const who = async (browser: Browser) => (await browser.get("/api/trpc/me.get")).status;
  const OLGAS = { sub: "s-1", email: OLGA.email, email_verified: true, name: "Olga" };

  test("a member with a verified address comes in, and back to where they wanted to go", async () => {
    provider.expect(OLGAS);
    const browser = world.browser();
    expect(await goThere(browser)).toBe("/acme/releases");
    expect(await who(browser)).toBe(200);
    expect([...browser.cookies.keys()]).toEqual(["landfall.session_token"]);
  });

  test("an account that somebody else created with the address is theirs alone from then on", async () => {
    // Whoever made the invitation has its link, and knows only the address.
    const nobody = await world.app.contextOf({ authorization: null, userAgent: null, requestId: null });
    const { url } = await createInvitation(
      { ...nobody, actor: SYSTEM_ACTOR },
      { organization: "acme", email: "victim@acme.test", role: "member" },
    );
    const hijacked = { email: "victim@acme.test", password: "known to the hijacker" };
    await redeemInvitation(nobody, { secret: url.split("/").at(-1) ?? "", password: hijacked.password });
    const hijacker = await world.signedIn(hijacked.email, hijacked.password);
    const made = await hijacker.post("/api/trpc/me.createToken", { name: "kept", scopes: ["org:read"] });
    const token = tokenIn(await made.json());
    const asks = async () => (await world.browser().get("/api/trpc/me.get", { authorization: `Bearer ${token}` })).status;
    expect([await who(hijacker), await asks()]).toEqual([200, 200]);

    provider.expect({ sub: "s-9", email: "Victim@acme.test", email_verified: true, name: "Victim" });
    const victim = world.browser();
    expect(await goThere(victim)).toBe("/acme/releases");
    expect(await who(victim)).toBe(200);
    expect([await who(hijacker), await asks()]).toEqual([401, 401]);
    expect((await world.browser().post("/api/auth/sign-in/password", hijacked)).status).toBe(401);
    const { read } = world.app.store;
    const [address] = await read.select().from(read.tables.userEmails).where(eq(read.tables.userEmails.email, hijacked.email));
    expect(address?.isVerified).toBe(true);
    const entries = await read.select().from(read.tables.auditLog).where(eq(read.tables.auditLog.action, "identity.link"));
    expect(entries).toMatchObject([{ details: { verified: "victim@acme.test", removed: { password: true, sessions: 1, tokens: 1 } } }]);
  });

  test("the provider is asked by the code flow with PKCE, a nonce and a state", async () => {
    const left = await world.browser().get("/api/auth/sign-in/oidc");
    const asked = new URL(location(left));
    expect(asked.origin + asked.pathname).toBe(`${provider.issuer}/authorize`);
    const params = Object.fromEntries(asked.searchParams);
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

  test("whoever came in once comes in by what the provider calls them, whatever their address is there now", async () => {
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
    ["somebody unknown", [{ ...OLGAS, email: "eve@evil.test" }], "signup_disabled"],
    ["an address the provider has not verified", [{ ...OLGAS, email_verified: false }], "account_not_linked"],
    ["an address that is claimed here, not verified", [{ ...OLGAS, email: "claimed@acme.test" }], "account_not_linked"],
    ["somebody who is in no organization", [{ ...OLGAS, email: "loner@acme.test" }], "signup_disabled"],
    ["no address", [{ sub: "s-1" }], "unable_to_get_user_info"],
    ["a token for another server", [OLGAS, { claims: { aud: "other" } }], "unable_to_get_user_info"],
    ["a token of another provider", [OLGAS, { claims: { iss: "https://evil.test" } }], "unable_to_get_user_info"],
    ["a token for another sign-in", [OLGAS, { claims: { nonce: "other" } }], "unable_to_get_user_info"],
    ["a token that is too old", [OLGAS, { claims: { exp: 1 } }], "unable_to_get_user_info"],
    ["a token somebody else has signed", [OLGAS, { key: "other" }], "unable_to_get_user_info"],
  ])("%s does not come in", async (_, who, code) => {
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

  test("somebody who was deactivated does not come in any more", async () => {
    provider.expect(OLGAS);
    await goThere(world.browser());
    await world.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.users).set({ isActive: false }).where(eq(tx.tables.users.email, OLGA.email));
    });
    expect(await goThere(world.browser())).toBe("/sign-in?error=unable_to_link_account");
  });

  test("an answer to a question that this browser did not ask, or asked before, lets nobody in", async () => {
    provider.expect(OLGAS);
    const left = await world.browser().get("/api/auth/sign-in/oidc");
    const back = provider.visit(location(left));
    const other = world.browser();
    expect(location(await other.get(back))).toBe("/sign-in?error=state_mismatch");
    expect(await who(other)).toBe(401);
    const browser = world.browser();
    const first = await browser.get("/api/auth/sign-in/oidc");
    const way = provider.visit(location(first));
    await browser.get(way);
    expect(await who(browser)).toBe(200);
    expect(location(await browser.get(way))).toMatch(/^\/sign-in\?error=/);
    expect(location(await world.browser().get("/api/auth/callback/oidc"))).toBe("/sign-in?error=state_not_found");
    expect(provider.exchanges()).toBe(1);
  });

  test("whoever the provider refuses is told so", async () => {
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
  ])("nobody is sent on to %j", async (next) => {
    provider.expect(OLGAS);
    expect(await goThere(world.browser(), next)).toBe("/");
  });

  test("the session a provider made is ended like any other", async () => {
    provider.expect(OLGAS);
    const browser = world.browser();
    await goThere(browser);
    expect((await browser.post("/api/auth/sign-out", {})).status).toBe(204);
    expect(await who(browser)).toBe(401);
  });
});

test("a provider that does not answer is said, and asked again the next time", async () => {
  const provider = await fakeProvider();
  const gone = oidcOptions(provider);
  await provider[Symbol.asyncDispose]();
  const world = await signInWorld("sqlite", { origin: ORIGIN, oidc: gone });
  const left = await world.browser().get("/api/auth/sign-in/oidc");
  expect([left.status, left.headers.get("location")]).toEqual([303, "/sign-in?error=provider_unavailable"]);
  expect(world.problems.join()).toContain("oidc");
  expect((await world.browser().post("/api/auth/sign-in/password", OLGA)).status).toBe(204);
  await world.close();
});

test("without a provider there is no such way", async () => {
  const world = await signInWorld();
  for (const path of ["sign-in/oidc", "callback/oidc"]) expect((await world.browser().get(`/api/auth/${path}`)).status).toBe(404);
  await world.close();
});

/** The text of the token that tRPC answered with. */
const tokenIn = (answer: unknown): string => (answer as { result: { data: { token: string } } }).result.data.token;
