import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAuth } from "@landfall/auth/create-auth";
import { listMembers } from "@landfall/core/operations/members/list";
import { provision } from "@landfall/core/operations/setup/provision";
import { createSetupLink } from "@landfall/core/operations/setup/setup-link";
import { storageFailureOf } from "@landfall/db/storage-failure";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LOCAL_REQUEST_HEADER } from "#server/http/client-address.ts";
import { firstStart } from "#server/lifecycle/first-start.ts";
import { serverContext, systemContext } from "#server/lifecycle/server-context.ts";
import { pageAccess } from "./page-access.ts";
import type { RunningApp } from "./running-app.ts";

const OLGA = { email: "olga@acme.test", password: "correct horse" };
const HOST = "releases.example.com";
let bench: TestApp;
let running: RunningApp;

beforeEach(async () => {
  bench = await createTestApp();
  await provision(await serverContext(bench.app), { organization: "acme", projects: ["web"], ...OLGA });
  running = pageAccess({
    app: bench.app,
    auth: createAuth({ app: bench.app }),
    url: null,
    process: { startedAt: bench.clock.now(), dataDir: "/data" },
  });
});

afterEach(() => bench.close());

/** The headers of a request from a page of this server. */
const headers = (more: Record<string, string> = {}) =>
  new Headers({ host: HOST, origin: `https://${HOST}`, "x-forwarded-proto": "https", "x-client-address": "192.0.2.1", ...more });

async function cookieOfOlga(): Promise<string> {
  const outcome = await running.signIn(headers(), OLGA);
  if (outcome.kind === "refused") throw new Error(`refused: ${outcome.message}`);
  return outcome.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

describe("a viewer", () => {
  test("calls operations as the person who is signed in", async () => {
    const viewer = await running.viewer(headers({ cookie: await cookieOfOlga() }));
    expect(viewer?.userId).toEqual(expect.any(Number));
    expect(await viewer?.call.me.get()).toMatchObject({ email: OLGA.email });
    expect(await viewer?.call.projects.list({ organization: "acme" })).toMatchObject({ items: [{ slug: "web" }] });
    await expect(viewer?.call.releases.list({ organization: "globex" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is null without a session cookie, or after signing out", async () => {
    expect(await running.viewer(headers())).toBeNull();
    const cookie = await cookieOfOlga();
    const removed = await running.signOut(headers({ cookie }));
    expect(removed.every(({ maxAge, secure }) => maxAge === 0 && secure)).toBe(true);
    expect(await running.viewer(headers({ cookie }))).toBeNull();
  });

  test("accepts server actions only from pages of this server", async () => {
    const cookie = await cookieOfOlga();
    expect(await running.viewer(headers({ cookie }), { acts: true })).not.toBeNull();
    const foreign = headers({ cookie, origin: "https://evil.test" });
    await expect(running.viewer(foreign, { acts: true })).rejects.toMatchObject({ code: "forbidden" });
    expect(await running.viewer(foreign)).not.toBeNull();
    await expect(running.signOut(foreign)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("sample data", () => {
  test("is created once by a signed-in person, from a page of this server", async () => {
    const signedIn = headers({ cookie: await cookieOfOlga() });
    expect(await running.createSample(headers())).toEqual({ kind: "refused", message: expect.stringMatching(/^Sign in first/) });
    await expect(running.createSample(headers({ cookie: await cookieOfOlga(), origin: "https://evil.test" }))).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await running.createSample(signedIn)).toEqual({ kind: "created", organization: "sample" });
    expect(await running.createSample(signedIn)).toEqual({
      kind: "refused",
      message: expect.stringMatching(/^Sample data already exists/),
    });
    const viewer = await running.viewer(signedIn);
    expect(await viewer?.call.organizations.summary({ organization: "sample" })).toMatchObject({ isSample: true, role: "owner" });
    await viewer?.call.organizations.delete({ organization: "sample" });
    await expect(viewer?.call.organizations.summary({ organization: "sample" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("throws bugs and storage failures", async () => {
    const signedIn = headers({ cookie: await cookieOfOlga() });
    await bench.app.store.close();
    await expect(running.createSample(signedIn)).rejects.toThrow();
  });
});

describe("signing in", () => {
  test("returns the cookies to set, secure if the page is served over TLS", async () => {
    expect(await running.signIn(headers(), OLGA)).toMatchObject({
      kind: "signedIn",
      cookies: [{ httpOnly: true, sameSite: "lax", secure: true, path: "/" }],
    });
    const plain = await running.signIn(headers({ "x-forwarded-proto": "http" }), OLGA);
    expect(plain).toMatchObject({ cookies: [{ secure: false }] });
  });

  test.each([
    [{ ...OLGA, password: "wrong horse" }, "The email address or the password is wrong.", {}],
    [{ email: "", password: "" }, null, { email: "This field may not be blank.", password: "This field may not be blank." }],
  ])("returns what is wrong with %j", async (typed, message, fields) => {
    expect(await running.signIn(headers(), typed)).toEqual({ kind: "refused", code: expect.any(String), message, fields });
  });

  test("refuses after too many attempts", async () => {
    const wrong = { ...OLGA, password: "wrong horse" };
    for (let time = 0; time < 10; time += 1) await running.signIn(headers(), wrong);
    expect(await running.signIn(headers(), OLGA)).toEqual({
      kind: "refused",
      code: "rate_limited",
      message: "Too many wrong passwords. Try again in a second.",
      fields: {},
    });
  });

  test("throws bugs and storage failures", async () => {
    await bench.app.store.close();
    await expect(running.signIn(headers(), OLGA)).rejects.toThrow();
  });
});

test("provides the sign-in methods and messages", () => {
  expect(running.signInMethods).toEqual({ provider: false });
  expect(running.signInProblem("signup_disabled")).toMatch(/invitation/);
  expect(running.originOf(headers())).toBe(`https://${HOST}`);
});

test("gives storage failures a digest for the error view, and reports them with the request", async () => {
  const reported: unknown[] = [];
  const failing = pageAccess({
    app: bench.app,
    auth: createAuth({ app: bench.app }),
    url: null,
    process: { startedAt: bench.clock.now(), dataDir: "/data" },
    onFailure: (error, requestId) => void reported.push([storageFailureOf(error), requestId]),
  });
  const request = headers({ cookie: await cookieOfOlga(), "x-request-id": "r-1" });
  const viewer = await failing.viewer(request);
  await expect(viewer?.call.releases.list({ organization: "none" })).rejects.not.toHaveProperty("digest");
  await bench.app.store.close();
  const digest = "landfall:unavailable";
  await expect(viewer?.call.releases.create({ organization: "acme", version: "1", projects: ["web"] })).rejects.toMatchObject({ digest });
  expect(reported).toEqual([["closing", "r-1"]]);
});

describe("a server without accounts", () => {
  let folder: string;
  let empty: TestApp;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "landfall-unused-"));
    empty = await createTestApp();
  });
  afterEach(async () => {
    await empty.close();
    rmSync(folder, { recursive: true });
  });

  const LOCAL = new Headers({ host: "localhost:3000", [LOCAL_REQUEST_HEADER]: "1" });
  const access = (url: string | null) =>
    pageAccess({ app: empty.app, auth: createAuth({ app: empty.app }), url, process: { startedAt: empty.clock.now(), dataDir: folder } });
  const start = async () => {
    const created = await firstStart(empty.app, { organization: "default", project: "app", dataDir: folder });
    return created?.setupUrl.split("/").at(-1) ?? "";
  };

  test("gives its setup link only to a request from its own machine", async () => {
    const secret = await start();
    const file = path.join(folder, "first-run.txt");
    expect(await access(null).unusedServer(LOCAL)).toEqual({ local: { secret, file, organization: "default" } });
    expect(await access("http://localhost:3000").unusedServer(LOCAL)).toMatchObject({ local: { secret } });
    expect(await access(null).unusedServer(headers())).toEqual({ local: null });
    expect(await access("https://releases.example.com").unusedServer(LOCAL)).toEqual({ local: null });
  });

  test("gives no link that no longer works, or whose file was deleted", async () => {
    await start();
    await createSetupLink(await serverContext(empty.app), { organization: "default" });
    expect(await access(null).unusedServer(LOCAL)).toMatchObject({ local: { secret: null, organization: "default" } });
    rmSync(path.join(folder, "first-run.txt"));
    expect(await access(null).unusedServer(LOCAL)).toMatchObject({ local: { secret: null } });
  });

  test("is one no longer when a person has set it up, who is then its only member", async () => {
    const secret = await start();
    const outcome = await access(null).setUp(secret, {
      name: "Ada",
      email: "ada@acme.test",
      password: "correct horse",
      organizationName: "Acme",
      organizationSlug: "acme",
      projectSlug: "web",
    });
    expect(outcome).toMatchObject({ kind: "created", organization: "acme" });
    expect(await access(null).unusedServer(LOCAL)).toBeNull();
    const { items } = await listMembers(await systemContext(empty.app), { organization: "acme" });
    expect(items.map(({ email, role }) => [email, role])).toEqual([["ada@acme.test", "owner"]]);
  });
});
