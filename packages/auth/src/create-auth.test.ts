import { SESSION_COOKIE } from "@landfall/core/access/authenticate-session";
import { provision } from "@landfall/core/operations/setup/provision";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAuth } from "./create-auth.ts";

const OLGA = { email: "olga@acme.test", password: "correct horse" };
let bench: TestApp;

beforeEach(async () => {
  bench = await createTestApp();
  const anonymous = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });
  await provision(anonymous, { organization: "acme", projects: ["web"], ...OLGA });
});

afterEach(() => bench.close());

/** The request of a page's form, as a server action gets it: the URL of the page, and the headers. */
const form = (headers: Record<string, string> = {}) => ({
  method: "POST",
  url: `${bench.app.origin}/sign-in`,
  headers: new Headers({ origin: bench.app.origin, "x-client-address": "192.0.2.1", ...headers }),
});

test("a page signs people in and out, and sets the cookies itself", async () => {
  const auth = createAuth({ app: bench.app });
  const cookies = await auth.signIn(form(), OLGA);
  const flags = { path: "/", httpOnly: true, sameSite: "lax", secure: false, maxAge: 2_592_000 };
  expect(cookies).toEqual([{ name: SESSION_COOKIE, value: expect.stringMatching(/^[A-Za-z0-9]{32}\../), ...flags }]);
  const cookie = `${SESSION_COOKIE}=${encodeURIComponent(cookies[0]?.value ?? "")}`;

  const context = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null, browser: form({ cookie }) });
  expect(context.actor).toMatchObject({ kind: "user", sessionId: expect.any(Number) });

  const removed = await auth.signOut(form({ cookie }));
  expect(removed.find(({ name }) => name === SESSION_COOKIE)).toMatchObject({ value: "", maxAge: 0 });
  const after = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null, browser: form({ cookie }) });
  expect(after.actor).toBeNull();
});

test("signing out without a session succeeds", async () => {
  const auth = createAuth({ app: bench.app });
  for (const cookie of ["", `${SESSION_COOKIE}=x`, `${SESSION_COOKIE}=${"a".repeat(32)}.forged`]) {
    expect((await auth.signOut(form({ cookie }))).length).toBeGreaterThan(0);
  }
});

test("a cookie with an invalid signature ends no session", async () => {
  const auth = createAuth({ app: bench.app });
  const [cookie] = await auth.signIn(form(), OLGA);
  const token = cookie?.value.slice(0, 32) ?? "";
  await auth.signOut(form({ cookie: `${SESSION_COOKIE}=${token}.forged` }));
  expect(await bench.app.store.read.$count(bench.app.store.read.tables.sessions)).toBe(1);
});

test("two servers on one database accept each other's cookies", async () => {
  const [one, two] = [createAuth({ app: bench.app }), createAuth({ app: bench.app })];
  const [cookie] = await one.signIn(form(), OLGA);
  await two.signOut(form({ cookie: `${SESSION_COOKIE}=${encodeURIComponent(cookie?.value ?? "")}` }));
  expect(await bench.app.store.read.$count(bench.app.store.read.tables.sessions)).toBe(0);
});

test("after a database failure at the first sign-in, the next one succeeds", async () => {
  const auth = createAuth({ app: bench.app });
  const transaction = vi.spyOn(bench.app.store, "transaction").mockRejectedValueOnce(new Error("disk full"));
  await expect(auth.signIn(form(), OLGA)).rejects.toThrow("disk full");
  transaction.mockRestore();
  expect(await auth.signIn(form(), OLGA)).toHaveLength(1);
});

test("parallel sign-ins get their own sessions", async () => {
  const auth = createAuth({ app: bench.app });
  const cookieLists = await Promise.all([1, 2, 3].map((client) => auth.signIn(form({ "x-client-address": `192.0.2.${client}` }), OLGA)));
  expect(new Set(cookieLists.flat().map(({ value }) => value)).size).toBe(3);
  const { read } = bench.app.store;
  const rows = await read.select().from(read.tables.sessions);
  expect(new Set(rows.map(({ ipAddress }) => ipAddress))).toEqual(new Set(["192.0.2.1", "192.0.2.2", "192.0.2.3"]));
});

test("without a provider there is no sign-in with one", async () => {
  const auth = createAuth({ app: bench.app });
  expect(auth.hasProvider).toBe(false);
  expect(await auth.startOidc(form(), "/")).toBeNull();
});
