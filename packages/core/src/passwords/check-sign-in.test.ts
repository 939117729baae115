import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context.ts";
import { createSetupLink } from "../provisioning/create-setup-link.ts";
import { provision } from "../provisioning/provision.ts";
import { useSetupLink } from "../provisioning/use-setup-link.ts";
import { checkSignIn } from "./check-sign-in.ts";
import { triesOf } from "./tries-of.ts";

let bench: TestApp;
let nobody: Context;
beforeEach(async () => {
  bench = await createTestApp();
  nobody = await bench.app.contextOf({ authorization: null, userAgent: null, requestId: null });
  await provision(nobody, { organization: "acme", projects: ["web"], email: "olga@acme.test", password: "correct horse" });
});
afterEach(() => bench.close());

const CLIENT = "192.0.2.1";
const ask = (email: string, password: string, client = CLIENT) => checkSignIn(nobody, { email, password }, client);
const WRONG = { code: "unauthenticated", message: "The e-mail address or the password is wrong.", issues: [] };

const change = (set: { isActive?: boolean; passwordHash?: string | null }) =>
  bench.app.store.transaction(async (tx) => {
    await tx.update(tx.tables.users).set(set).where(eq(tx.tables.users.email, "olga@acme.test"));
  });

/** Uses up tries without the time that comparing passwords takes. */
const spend = (name: string, times: number) => {
  for (let time = 0; time < times; time += 1) triesOf(bench.app.store).take([{ name, most: 1000 }], bench.clock.now());
};

describe("checkSignIn", () => {
  it("knows whom provisioning made, however the address is written", async () => {
    const olga = { id: expect.any(Number), name: "olga@acme.test", email: "olga@acme.test", dateJoined: bench.clock.now() };
    expect(await ask("olga@acme.test", "correct horse")).toEqual(olga);
    expect(await ask(" Olga@ACME.test ", "correct horse")).toEqual(olga);
  });

  it("knows whom a setup link made, also at an address without a dot", async () => {
    const { url } = await createSetupLink(nobody, { organization: "acme" });
    const link = url.slice(url.lastIndexOf("/") + 1);
    await useSetupLink(nobody, { link, email: "ben@localhost", password: "battery staple", name: "Ben" });
    expect(await ask("ben@localhost", "battery staple")).toMatchObject({ name: "Ben", email: "ben@localhost" });
  });

  it("knows somebody by another address of theirs once that is verified", async () => {
    const { id: userId } = await ask("olga@acme.test", "correct horse");
    await bench.app.store.transaction(async (tx) => {
      const more = ["olga@home.test", "olga@claimed.test"].map((email) => ({ userId, email, isVerified: email === "olga@home.test" }));
      await tx.insert(tx.tables.userEmails).values(more);
    });
    expect(await ask("olga@home.test", "correct horse")).toMatchObject({ id: userId, email: "olga@acme.test" });
    await expect(ask("olga@claimed.test", "correct horse")).rejects.toMatchObject(WRONG);
  });

  it("says the same of everybody it does not let in", async () => {
    await bench.given.user("token-only@acme.test");
    await expect(ask("nobody@acme.test", "correct horse")).rejects.toMatchObject(WRONG);
    await expect(ask("olga@acme.test", "wrong horse")).rejects.toMatchObject(WRONG);
    await expect(ask("token-only@acme.test", "correct horse")).rejects.toMatchObject(WRONG);
    await change({ isActive: false });
    await expect(ask("olga@acme.test", "correct horse")).rejects.toMatchObject(WRONG);
  });

  it("takes about as long for everybody it does not let in", async () => {
    await bench.given.user("token-only@acme.test");
    const time = async (email: string) => {
      const times: number[] = [];
      for (let run = 0; run < 3; run += 1) {
        const started = performance.now();
        await expect(ask(email, "wrong horse")).rejects.toMatchObject(WRONG);
        times.push(performance.now() - started);
      }
      return Math.min(...times);
    };
    const wrong = await time("olga@acme.test");
    // Without a comparison an answer would take a hundredth of one.
    expect(await time("nobody@acme.test")).toBeGreaterThan(wrong / 4);
    expect(await time("token-only@acme.test")).toBeGreaterThan(wrong / 4);
  });

  it.each<[string, unknown, string[]]>([
    ["nothing", undefined, ["email", "password"]],
    ["null", null, ["non_field_errors"]],
    ["a list", [], ["non_field_errors"]],
    ["no password", { email: "olga@acme.test" }, ["password"]],
    ["a blank password", { email: "olga@acme.test", password: "" }, ["password"]],
    ["objects", { email: {}, password: {} }, ["email", "password"]],
    ["a long password", { email: "olga@acme.test", password: "x".repeat(129) }, ["password"]],
    ["what no database holds", { email: "olga\0@acme.test", password: "\ud800" }, ["email", "password"]],
  ])("refuses %s, field by field, and counts no try", async (_, given, fields) => {
    for (let time = 0; time < 12; time += 1) {
      const refused = await checkSignIn(nobody, given, CLIENT).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: "invalid" });
      expect(pathsOf(refused)).toEqual(fields);
    }
  });

  it("lets ten wrong passwords through from one place, then none for 15 minutes, right or wrong", async () => {
    spend(`${CLIENT} olga@acme.test`, 9);
    await expect(ask("olga@acme.test", "wrong horse")).rejects.toMatchObject(WRONG);
    await expect(ask("olga@acme.test", "correct horse")).rejects.toMatchObject({ code: "rate_limited" });
    expect(await ask("olga@acme.test", "correct horse", "198.51.100.7")).toMatchObject({ email: "olga@acme.test" });
    bench.clock.advance(15 * 60_000);
    expect(await ask("olga@acme.test", "correct horse")).toMatchObject({ email: "olga@acme.test" });
  });

  it("limits an unknown address the same way", async () => {
    spend(`${CLIENT} nobody@acme.test`, 9);
    await expect(ask("nobody@acme.test", "x")).rejects.toMatchObject(WRONG);
    await expect(ask("Nobody@acme.test", "x")).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("limits a place that tries many addresses, and an address tried from many places", async () => {
    spend(`client ${CLIENT}`, 100);
    await expect(ask("olga@acme.test", "correct horse")).rejects.toMatchObject({ code: "rate_limited" });
    spend("address olga@acme.test", 100);
    await expect(ask("olga@acme.test", "correct horse", "198.51.100.7")).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("does not count who signs in: an office behind one address may", async () => {
    spend(`client ${CLIENT}`, 99);
    for (let time = 0; time < 3; time += 1) expect(await ask("olga@acme.test", "correct horse")).toMatchObject({ email: "olga@acme.test" });
  });
});

function pathsOf(error: unknown): unknown[] {
  if (typeof error !== "object" || error === null || !("issues" in error) || !Array.isArray(error.issues)) return [];
  return error.issues.map((issue: { path: unknown[] }) => issue.path[0]);
}
