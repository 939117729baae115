import { AppError } from "@landfall/core/kernel/app-error";
import { createBodyBudget } from "@landfall/core/kernel/request-body";
import { expect, test, vi } from "vitest";
import { authHandler } from "./auth-handler.ts";
import type { CookieToSet } from "./cookies.ts";
import type { Auth } from "./create-auth.ts";

const cookie: CookieToSet = { name: "s", value: "1", path: "/", httpOnly: true, sameSite: "lax", secure: false };

function serve(changes: Partial<Auth> = {}) {
  const auth: Auth = {
    hasProvider: true,
    signIn: vi.fn<Auth["signIn"]>(() => Promise.resolve([cookie])),
    signOut: () => Promise.resolve([{ ...cookie, maxAge: 0 }]),
    changePassword: () => Promise.resolve({ ended: 1, revokedTokens: 0, cookies: [cookie] }),
    startOidc: (_, next) => Promise.resolve({ url: `https://provider.test/?next=${next}`, cookies: [cookie] }),
    finishOidc: () => Promise.resolve({ url: "/there", cookies: [cookie] }),
    ...changes,
  };
  const onBug = vi.fn<(error: unknown, requestId: string | null) => void>();
  return { auth, onBug, handle: authHandler({ auth, bodies: createBodyBudget(), onBug }) };
}

function post(path: string, body = "{}", headers: Record<string, string | null> = {}): Request {
  const all = { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)), ...headers };
  const sent = Object.entries(all).flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]));
  return new Request(`http://lf.test/api/auth/${path}`, { method: "POST", body, headers: sent });
}

const get = (path: string) => new Request(`http://lf.test/api/auth/${path}`);

test("passes any typed values on, and responds without a body", async () => {
  const { handle, auth } = serve();
  const request = post("sign-in/password", '{"email":1}', { "content-type": "application/json; charset=utf-8" });
  const response = await handle(request);
  expect([response.status, await response.text(), response.headers.getSetCookie()]).toEqual([
    204,
    "",
    ["s=1; Path=/; HttpOnly; SameSite=Lax"],
  ]);
  expect(auth.signIn).toHaveBeenCalledWith(request, { email: 1 });
});

test("redirects browsers, with responses that may not be cached", async () => {
  const { handle } = serve();
  for (const [path, url] of [
    ["sign-in/oidc?next=/a", "https://provider.test/?next=/a"],
    ["sign-in/oidc", "https://provider.test/?next=/"],
    ["callback/oidc?code=1", "/there"],
  ] as const) {
    const response = await handle(get(path));
    expect([response.status, response.headers.get("location"), response.headers.getSetCookie().length]).toEqual([303, url, 1]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  }
  const closed = serve({ startOidc: () => Promise.resolve(null) });
  expect((await closed.handle(get("sign-in/oidc"))).headers.get("location")).toBe("/sign-in?error=provider_unavailable");
});

test.each<[string, () => Request, number, Record<string, unknown>]>([
  ["an unknown path", () => get("nowhere"), 404, { detail: "The requested resource does not exist" }],
  ["a path that only begins with a known one", () => post("sign-out/x"), 404, {}],
  ["a known path with a trailing slash", () => post("sign-out/"), 404, {}],
  ["another method", () => get("sign-out"), 405, { detail: 'Method "GET" not allowed.' }],
  ["another method", () => post("sign-in/oidc"), 405, {}],
  ["a form", () => post("sign-in/password", "email=a", { "content-type": "application/x-www-form-urlencoded" }), 415, {}],
  ["a body without a type", () => post("sign-in/password", "{}", { "content-type": null }), 415, {}],
  ["a body without a length", () => post("sign-in/password", "{}", { "content-length": null }), 413, {}],
  ["a long body", () => post("sign-in/password", `"${"x".repeat(16_384)}"`), 413, {}],
  ["a body that is not JSON", () => post("sign-in/password", "{"), 400, { detail: "The body is not valid JSON." }],
])("refuses %s", async (_, request, status, body) => {
  const { handle, auth, onBug } = serve();
  const response = await handle(request());
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject(body);
  expect(auth.signIn).not.toHaveBeenCalled();
  expect(onBug).not.toHaveBeenCalled();
});

test("rejects a long body unread", async () => {
  const read = vi.fn<() => void>();
  const body = new ReadableStream({ pull: read }, { highWaterMark: 0 });
  const headers = { "content-type": "application/json", "content-length": "16385" };
  const request = new Request("http://lf.test/api/auth/sign-in/password", { method: "POST", body, headers, duplex: "half" });
  expect((await serve().handle(request)).status).toBe(413);
  expect(read).not.toHaveBeenCalled();
});

test.each([
  ["invalid", 400],
  ["unauthenticated", 401],
  ["forbidden", 403],
  ["rate_limited", 429],
  ["unavailable", 503],
] as const)("responds to %s errors with %i", async (code, status) => {
  const issues = [{ path: ["email"], message: "No." }];
  const { handle, onBug } = serve({ signIn: () => Promise.reject(new AppError(code, "No way.", { issues })) });
  const response = await handle(post("sign-in/password"));
  expect([response.status, await response.json()]).toEqual([status, { detail: "No way.", issues }]);
  expect(onBug).not.toHaveBeenCalled();
});

test("logs a bug with the request, without details for the caller", async () => {
  const { handle, onBug } = serve({ signIn: () => Promise.reject(new Error("secret")) });
  const response = await handle(post("sign-in/password", "{}", { "x-request-id": "r-1" }));
  expect([response.status, await response.text()]).toEqual([500, '{"detail":"Internal Error"}']);
  expect(onBug).toHaveBeenCalledWith(expect.objectContaining({ message: "secret" }), "r-1");
});

test("responds to database failures with 503 and a Retry-After header, and reports them", async () => {
  const busy = Object.assign(new Error("secret"), { code: "SQLITE_BUSY" });
  const { handle, onBug } = serve({ signIn: () => Promise.reject(busy) });
  const response = await handle(post("sign-in/password"));
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await response.text()).not.toContain("secret");
  expect(onBug).toHaveBeenCalledExactlyOnceWith(busy, null);
});
