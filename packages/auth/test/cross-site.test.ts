import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Browser } from "./browser.ts";
import { OLGA, signInWorld, type SignInWorld } from "./sign-in-world.ts";

let world: SignInWorld;
beforeEach(async () => {
  world = await signInWorld();
});
afterEach(() => world.close());

const EVIL = { origin: "https://evil.test" };
const FOREIGN: [string, Record<string, string | null>][] = [
  ["another site", EVIL],
  ["a page with an opaque origin", { origin: "null" }],
  ["a request marked as cross-site", { "sec-fetch-site": "cross-site" }],
  ["another origin of the same site", { "sec-fetch-site": "same-site" }],
  ["a request without Origin", { origin: null }],
];

describe.each(FOREIGN)("a page of another site cannot use a session: %s", (_, headers) => {
  const release = { organization: "acme", version: "1.0", projects: ["web"] };

  const versions = async (browser: Browser) => {
    const listed = await browser.get("/api/0/organizations/acme/releases/");
    return ((await listed.json()) as { version: string }[]).map(({ version }) => version);
  };

  test("to change anything over tRPC", async () => {
    const browser = await world.signedIn();
    const refused = await browser.post("/api/trpc/releases.create", release, headers);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      error: {
        message: expect.stringMatching(/Origin header is missing or names another site/),
        data: { code: "FORBIDDEN", reason: "foreign_request" },
      },
    });
    expect(await versions(browser)).toEqual([]);
  });

  test("to change anything over REST", async () => {
    const browser = await world.signedIn();
    const refused = await browser.post("/api/0/organizations/acme/releases/", release, headers);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({ detail: expect.stringMatching(/Origin header is missing or names another site/) });
    expect(refused.headers.get("access-control-allow-credentials")).toBeNull();
    expect(await versions(browser)).toEqual([]);
  });

  test("to sign them out, or to sign in as another user", async () => {
    const browser = await world.signedIn();
    expect((await browser.post("/api/auth/sign-out", {}, headers)).status).toBe(403);
    expect((await browser.get("/api/trpc/me.get")).status).toBe(200);
    const refused = await world.browser().post("/api/auth/sign-in/password", OLGA, headers);
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []]);
  });
});

describe("requests that are allowed", () => {
  test("reading after following a link from another site", async () => {
    const browser = await world.signedIn();
    expect((await browser.get("/api/trpc/me.get", { "sec-fetch-site": "cross-site" })).status).toBe(200);
  });

  test("tokens from other sites, since browsers do not send them automatically", async () => {
    const token = await tokenOf(world);
    const response = await world
      .browser()
      .post(
        "/api/trpc/releases.create",
        { organization: "acme", version: "1.0", projects: ["web"] },
        { ...EVIL, authorization: `Bearer ${token}` },
      );
    expect(response.status).toBe(200);
  });

  test("pages at the host that a proxy received", async () => {
    const browser = await world.signedIn();
    const proxied = { origin: "https://releases.example.com", "x-forwarded-host": "releases.example.com", "x-forwarded-proto": "https" };
    expect((await browser.post("/api/trpc/sessions.revokeOthers", {}, proxied)).status).toBe(200);
  });
});

describe("Secure", () => {
  const flagged = async (origin: string, headers: Record<string, string> = {}) => {
    const other = await signInWorld("sqlite", { origin });
    const response = await other.browser().post("/api/auth/sign-in/password", OLGA, headers);
    await other.close();
    const [line = ""] = response.headers.getSetCookie();
    return [response.status, line.split("; ").includes("Secure")];
  };

  test.each<[string, string, Record<string, string>, boolean]>([
    ["not over HTTP", "http://landfall.test", {}, false],
    ["if the configured origin has https", "https://landfall.test", {}, true],
    ["behind a proxy with TLS", "http://landfall.test", { "x-forwarded-proto": "https" }, true],
    ["behind a chain of proxies with TLS", "http://landfall.test", { "x-forwarded-proto": "https, http" }, true],
    ["not for an invalid scheme", "http://landfall.test", { "x-forwarded-proto": "httpsx" }, false],
  ])("%s", async (_, origin, headers, secure) => {
    expect(await flagged(origin, headers)).toEqual([204, secure]);
  });

  test("is also set for cookies that are removed", async () => {
    const browser = await world.signedIn();
    const response = await browser.post("/api/auth/sign-out", {}, { "x-forwarded-proto": "https" });
    const lines = response.headers.getSetCookie();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/; Max-Age=0; HttpOnly; SameSite=Lax; Secure$/);
  });
});

/** A token of another member of acme. */
async function tokenOf({ given, app }: SignInWorld): Promise<string> {
  const ben = await given.user("ben@acme.test");
  await app.store.transaction(async (tx) => {
    const [acme] = await tx.select().from(tx.tables.organizations);
    if (!acme) throw new Error("there is no organization acme");
    await tx.insert(tx.tables.members).values({ organizationId: acme.id, userId: ben.id, role: "member", dateCreated: acme.dateCreated });
  });
  return given.userToken("ben@acme.test", ["project:releases"]);
}
