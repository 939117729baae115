import * as betterAuth from "@better-auth/utils/password";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { limitHashing } from "../../access/password-hash.ts";
import type { Context } from "../../kernel/context.ts";
import { provision } from "../setup/provision.ts";
import { redeemSetupLink } from "../setup/redeem-setup-link.ts";
import { createSetupLink } from "../setup/setup-link.ts";
import { failedAttemptsOf } from "./failed-attempts.ts";
import { checkSignIn } from "./sign-in.ts";

let bench: TestApp;
let anonymous: Context;

beforeEach(async () => {
  bench = await createTestApp();
  anonymous = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });
  await provision(anonymous, { organization: "acme", projects: ["web"], email: "olga@acme.test", password: "correct horse" });
});

afterEach(() => bench.close());

const CLIENT = "192.0.2.1";
const signInWith = (email: string, password: string, client = CLIENT) => checkSignIn(anonymous, { email, password }, client);
const WRONG = { code: "unauthenticated", message: "The email address or the password is wrong.", issues: [] };

const change = (set: { isActive?: boolean; passwordHash?: string | null }) =>
  bench.app.store.transaction(async (tx) => {
    await tx.update(tx.tables.users).set(set).where(eq(tx.tables.users.email, "olga@acme.test"));
  });

/** Counts wrong passwords without comparing them, which takes long. */
const fail = (client: string, address: string, times: number) => {
  const attempts = failedAttemptsOf(bench.app.store);
  const keys = [
    { name: `${client} ${address}`, free: 1000 },
    { name: `network ${client}`, free: 1000 },
  ];
  for (let time = 0; time < times; time += 1) {
    attempts.begin(keys, bench.clock.now()).failed();
    attempts.note(`address ${address}`, bench.clock.now());
  }
};

const OLGA = "olga@acme.test";
const SLOWED = { code: "rate_limited" };

describe("checkSignIn", () => {
  it("signs in users of `provision`, for any case of the email", async () => {
    const olga = { id: expect.any(Number), name: "olga@acme.test", email: "olga@acme.test", dateJoined: bench.clock.now() };
    expect(await signInWith("olga@acme.test", "correct horse")).toEqual(olga);
    expect(await signInWith(" Olga@ACME.test ", "correct horse")).toEqual(olga);
  });

  it("signs in users of setup links, also with an email without a dot", async () => {
    const { url } = await createSetupLink(anonymous, { organization: "acme" });
    const link = url.slice(url.lastIndexOf("/") + 1);
    await redeemSetupLink(anonymous, { link, email: "ben@localhost", password: "battery staple", name: "Ben" });
    expect(await signInWith("ben@localhost", "battery staple")).toMatchObject({ name: "Ben", email: "ben@localhost" });
  });

  it("accepts another email of the user only if it is verified", async () => {
    const { id: userId } = await signInWith("olga@acme.test", "correct horse");
    await bench.app.store.transaction(async (tx) => {
      const more = ["olga@home.test", "olga@claimed.test"].map((email) => ({ userId, email, isVerified: email === "olga@home.test" }));
      await tx.insert(tx.tables.userEmails).values(more);
    });
    expect(await signInWith("olga@home.test", "correct horse")).toMatchObject({ id: userId, email: "olga@acme.test" });
    await expect(signInWith("olga@claimed.test", "correct horse")).rejects.toMatchObject(WRONG);
  });

  it("has the same error for every refusal", async () => {
    await bench.given.user("token-only@acme.test");
    await expect(signInWith("nobody@acme.test", "correct horse")).rejects.toMatchObject(WRONG);
    await expect(signInWith("olga@acme.test", "wrong horse")).rejects.toMatchObject(WRONG);
    await expect(signInWith("token-only@acme.test", "correct horse")).rejects.toMatchObject(WRONG);
    await change({ isActive: false });
    await expect(signInWith("olga@acme.test", "correct horse")).rejects.toMatchObject(WRONG);
  });

  it("takes about the same time for every refusal", async () => {
    await bench.given.user("token-only@acme.test");
    const time = async (email: string) => {
      const times: number[] = [];
      for (let run = 0; run < 2; run += 1) {
        const started = performance.now();
        await expect(signInWith(email, "wrong horse")).rejects.toMatchObject(WRONG);
        times.push(performance.now() - started);
      }
      return Math.min(...times);
    };
    const wrong = await time("olga@acme.test");
    // Without a comparison, a response takes a hundredth of the time.
    expect(await time("nobody@acme.test")).toBeGreaterThan(wrong / 4);
    expect(await time("token-only@acme.test")).toBeGreaterThan(wrong / 4);
  }, 60_000);

  it.each<[string, unknown, string[]]>([
    ["nothing", undefined, ["email", "password"]],
    ["null", null, ["non_field_errors"]],
    ["a list", [], ["non_field_errors"]],
    ["no password", { email: "olga@acme.test" }, ["password"]],
    ["a blank password", { email: "olga@acme.test", password: "" }, ["password"]],
    ["objects", { email: {}, password: {} }, ["email", "password"]],
    ["a long password", { email: "olga@acme.test", password: "x".repeat(129) }, ["password"]],
    ["text that no database stores", { email: "olga\0@acme.test", password: "\ud800" }, ["email", "password"]],
  ])("refuses %s with an error per field, and does not count it", async (_, given, fields) => {
    for (let time = 0; time < 12; time += 1) {
      const refused = await checkSignIn(anonymous, given, CLIENT).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: "invalid" });
      expect(pathsOf(refused)).toEqual(fields);
    }
  });

  it("slows down one network after five wrong passwords for an email, and no other network", async () => {
    fail(CLIENT, OLGA, 4);
    await expect(signInWith(OLGA, "wrong horse")).rejects.toMatchObject(WRONG);
    await expect(signInWith(OLGA, "correct horse")).rejects.toMatchObject(SLOWED);
    expect(await signInWith(OLGA, "correct horse", "198.51.100.7")).toMatchObject({ email: OLGA });
    bench.clock.advance(1000);
    expect(await signInWith(OLGA, "correct horse")).toMatchObject({ email: OLGA });
  });

  it("does the same for an unknown email", async () => {
    fail(CLIENT, "nobody@acme.test", 4);
    await expect(signInWith("nobody@acme.test", "x")).rejects.toMatchObject(WRONG);
    await expect(signInWith("Nobody@acme.test", "x")).rejects.toMatchObject(SLOWED);
  });

  it("allows the owner to sign in from another network after 100 wrong passwords from ten, and from one of the ten after a minute", async () => {
    for (let network = 1; network <= 10; network += 1) fail(`203.0.113.${network}`, OLGA, 10);
    expect(await signInWith(OLGA, "correct horse")).toMatchObject({ email: OLGA });
    await expect(signInWith(OLGA, "correct horse", "203.0.113.1")).rejects.toMatchObject(SLOWED);
    bench.clock.advance(60_000);
    expect(await signInWith(OLGA, "correct horse", "203.0.113.1")).toMatchObject({ email: OLGA });
  });

  it("allows each further network one free attempt for an email under attack, and the owner's network all", async () => {
    await signInWith(OLGA, "correct horse");
    for (let network = 1; network <= 10; network += 1) fail(`203.0.113.${network}`, OLGA, 10);
    await expect(signInWith(OLGA, "wrong horse", "198.51.100.7")).rejects.toMatchObject(WRONG);
    await expect(signInWith(OLGA, "wrong horse", "198.51.100.7")).rejects.toMatchObject(SLOWED);
    for (const _ of [1, 2]) await expect(signInWith(OLGA, "wrong horse")).rejects.toMatchObject(WRONG);
    expect(await signInWith(OLGA, "correct horse")).toMatchObject({ email: OLGA });
  });

  it("slows down a network that tries many emails, but not for users who signed in from it before", async () => {
    await signInWith(OLGA, "correct horse");
    const addresses = Array.from({ length: 50 }, (_, index) => `u${index}@acme.test`);
    for (const address of addresses) fail(CLIENT, address, 1);
    await expect(signInWith("u99@acme.test", "x")).rejects.toMatchObject(SLOWED);
    expect(await signInWith(OLGA, "correct horse")).toMatchObject({ email: OLGA });
  });

  it("counts neither correct passwords nor those that were not compared because of load", async () => {
    fail(CLIENT, OLGA, 4);
    const { promise, resolve } = Promise.withResolvers<void>();
    const busy = Promise.all(Array.from({ length: 22 }, () => limitHashing(() => promise)));
    for (let time = 0; time < 3; time += 1) await expect(signInWith(OLGA, "correct horse")).rejects.toMatchObject({ code: "unavailable" });
    resolve();
    await busy;
    for (let time = 0; time < 2; time += 1) expect(await signInWith(OLGA, "correct horse")).toMatchObject({ email: OLGA });
  });

  it("upgrades an outdated hash only after a correct password", async () => {
    const old = await betterAuth.hashPassword("battery staple");
    const stored = async () => {
      const { users } = bench.app.store.read.tables;
      return (await bench.app.store.read.select({ hash: users.passwordHash }).from(users))[0]?.hash;
    };
    await change({ passwordHash: old });
    await expect(signInWith(OLGA, "wrong horse")).rejects.toMatchObject(WRONG);
    expect(await stored()).toBe(old);
    expect(await signInWith(OLGA, "battery staple")).toMatchObject({ email: OLGA });
    const renewed = await stored();
    expect(renewed).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    expect(await signInWith(OLGA, "battery staple")).toMatchObject({ email: OLGA });
    expect(await stored()).toBe(renewed);
  });
});

function pathsOf(error: unknown): unknown[] {
  if (typeof error !== "object" || error === null || !("issues" in error) || !Array.isArray(error.issues)) return [];
  return error.issues.map((issue: { path: unknown[] }) => issue.path[0]);
}
