import { createAuth } from "@landfall/auth/create-auth";
import { provision } from "@landfall/core/operations/setup/provision";
import { storageFailureOf } from "@landfall/db/storage-failure";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serverContext } from "#server/lifecycle/first-start.ts";
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

/** What a page sees of a request: a browser that is on the page itself, unless `more` says otherwise. */
const headers = (more: Record<string, string> = {}) =>
  new Headers({ host: HOST, origin: `https://${HOST}`, "x-forwarded-proto": "https", "x-client-address": "192.0.2.1", ...more });

async function cookieOfOlga(): Promise<string> {
  const outcome = await running.signIn(headers(), OLGA);
  if (outcome.kind === "refused") throw new Error(`refused: ${outcome.message}`);
  return outcome.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

describe("a viewer", () => {
  test("is whoever signed in, and calls operations as themselves", async () => {
    const viewer = await running.viewer(headers({ cookie: await cookieOfOlga() }));
    expect(viewer?.userId).toEqual(expect.any(Number));
    expect(await viewer?.call.me.get()).toMatchObject({ email: OLGA.email });
    expect(await viewer?.call.projects.list({ organization: "acme" })).toMatchObject({ items: [{ slug: "web" }] });
    await expect(viewer?.call.releases.list({ organization: "globex" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is nobody without a cookie, or with one that was ended", async () => {
    expect(await running.viewer(headers())).toBeNull();
    const cookie = await cookieOfOlga();
    const removed = await running.signOut(headers({ cookie }));
    expect(removed.every(({ maxAge, secure }) => maxAge === 0 && secure)).toBe(true);
    expect(await running.viewer(headers({ cookie }))).toBeNull();
  });

  test("acts only from pages of this server", async () => {
    const cookie = await cookieOfOlga();
    expect(await running.viewer(headers({ cookie }), { acts: true })).not.toBeNull();
    const foreign = headers({ cookie, origin: "https://evil.test" });
    await expect(running.viewer(foreign, { acts: true })).rejects.toMatchObject({ code: "forbidden" });
    expect(await running.viewer(foreign)).not.toBeNull();
    await expect(running.signOut(foreign)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("sample data", () => {
  test("is made once for whoever is signed in, from a page of this server", async () => {
    const signedIn = headers({ cookie: await cookieOfOlga() });
    expect(await running.createSample(headers())).toEqual({ kind: "refused", message: expect.stringMatching(/^Sign in first/) });
    await expect(running.createSample(headers({ cookie: await cookieOfOlga(), origin: "https://evil.test" }))).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await running.createSample(signedIn)).toEqual({ kind: "made", organization: "sample" });
    expect(await running.createSample(signedIn)).toEqual({
      kind: "refused",
      message: expect.stringMatching(/^There is sample data already: /),
    });
    const viewer = await running.viewer(signedIn);
    expect(await viewer?.call.organizations.about({ organization: "sample" })).toMatchObject({ isSample: true, role: "owner" });
    await viewer?.call.organizations.delete({ organization: "sample" });
    await expect(viewer?.call.organizations.about({ organization: "sample" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("throws what is no mistake of the caller's", async () => {
    const signedIn = headers({ cookie: await cookieOfOlga() });
    await bench.app.store.close();
    await expect(running.createSample(signedIn)).rejects.toThrow();
  });
});

describe("signing in", () => {
  test("answers the cookies to set, kept to TLS where the page is", async () => {
    expect(await running.signIn(headers(), OLGA)).toMatchObject({
      kind: "signedIn",
      cookies: [{ httpOnly: true, sameSite: "lax", secure: true, path: "/" }],
    });
    const plain = await running.signIn(headers({ "x-forwarded-proto": "http" }), OLGA);
    expect(plain).toMatchObject({ cookies: [{ secure: false }] });
  });

  test.each([
    [{ ...OLGA, password: "wrong horse" }, "The e-mail address or the password is wrong.", {}],
    [{ email: "", password: "" }, null, { email: "This field may not be blank.", password: "This field may not be blank." }],
  ])("answers what to mend of %j", async (typed, message, fields) => {
    expect(await running.signIn(headers(), typed)).toEqual({ kind: "refused", message, fields });
  });

  test("answers, too, that it takes too many tries", async () => {
    const wrong = { ...OLGA, password: "wrong horse" };
    for (let time = 0; time < 10; time += 1) await running.signIn(headers(), wrong);
    expect(await running.signIn(headers(), OLGA)).toEqual({
      kind: "refused",
      message: "Too many wrong passwords. Try again in a second.",
      fields: {},
    });
  });

  test("throws what is no mistake of the caller's", async () => {
    await bench.app.store.close();
    await expect(running.signIn(headers(), OLGA)).rejects.toThrow();
  });
});

test("pages know how people may sign in, and the words for what went wrong", () => {
  expect(running.signInWays).toEqual({ provider: false });
  expect(running.signInProblem("signup_disabled")).toMatch(/invited/);
  expect(running.originOf(headers())).toBe(`https://${HOST}`);
});

test("trouble of the database has a digest for the error view, and is reported with the request", async () => {
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
