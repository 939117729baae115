import { scryptSync } from "node:crypto";
import * as betterAuth from "@better-auth/utils/password";
import { describe, expect, it } from "vitest";
import { hashPassword, isOutdated, limitHashing, verifyPassword } from "./password-hash.ts";

describe("passwords", () => {
  it("are hashed by scrypt at OWASP's minimum, with a new salt each time", async () => {
    const [one, two] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
    expect(one).not.toBe(two);
    const [, salt = "", key = ""] = /^\$scrypt\$ln=15,r=8,p=3\$([^$]{24})\$([^$]{44})$/.exec(one) ?? [];
    const derived = scryptSync("correct horse", Buffer.from(salt, "base64"), 32, { N: 32_768, r: 8, p: 3, maxmem: 2 ** 26 });
    expect(derived.toString("base64")).toBe(key);
    expect([await verifyPassword("correct horse", one), isOutdated(one)]).toEqual([true, false]);
  });

  it("with a hash of lower cost are still compared", async () => {
    const old = await betterAuth.hashPassword("correct horse");
    expect([await verifyPassword("correct horse", old), await verifyPassword("wrong horse", old), isOutdated(old)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it.each([["correct horsf"], ["Correct horse"], ["correct horse "], [""]])("do not match %j", async (typed) => {
    expect(await verifyPassword(typed, await hashPassword("correct horse"))).toBe(false);
  });

  it("match for every Unicode form of the same letters", async () => {
    expect(await verifyPassword("pas\u0301word", await hashPassword("pa\u015Bword"))).toBe(true);
  });

  it("match nothing without a hash", async () => {
    expect(await verifyPassword("correct horse", null)).toBe(false);
    expect(await verifyPassword("", null)).toBe(false);
  });

  it("are refused without a comparison if too many are waiting", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const busy = Array.from({ length: 21 }, () => limitHashing(() => promise));
    const last = verifyPassword("correct horse", null);
    for (const work of [verifyPassword("x", null), hashPassword("x")]) await expect(work).rejects.toMatchObject({ code: "unavailable" });
    resolve();
    await Promise.all(busy);
    expect(await last).toBe(false);
    expect(await verifyPassword("x", null)).toBe(false);
  });
});
