import * as betterAuth from "@better-auth/utils/password";
import { describe, expect, it } from "vitest";
import { hashPassword, isPassword } from "./password-hash.ts";

describe("passwords", () => {
  it("are hashed as better-auth does it, with a new salt each time", async () => {
    const [one, two] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);
    expect(one).not.toBe(two);
    expect(await betterAuth.verifyPassword(one, "correct horse")).toBe(true);
    expect(await isPassword("correct horse", await betterAuth.hashPassword("correct horse"))).toBe(true);
  });

  it.each([["correct horsf"], ["Correct horse"], ["correct horse "], [""]])("are not %j when they are another", async (typed) => {
    expect(await isPassword(typed, await hashPassword("correct horse"))).toBe(false);
  });

  it("may be typed on any keyboard: the same letters are the same password", async () => {
    expect(await isPassword("pas\u0301word", await hashPassword("pa\u015Bword"))).toBe(true);
  });

  it("are nobody's without a hash", async () => {
    expect(await isPassword("correct horse", null)).toBe(false);
    expect(await isPassword("", null)).toBe(false);
  });

  it("are refused, and not compared, when too many wait", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 24 }, () => isPassword("x", null)));
    const refused = answers.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatchObject({ reason: { code: "unavailable" } });
  }, 20_000);
});
