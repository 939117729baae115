import { expect, it } from "vitest";
import { assertStrongPassword, COMMON_PASSWORDS } from "./password-strength.ts";

const check = (password: string, email = "olga.petrova@acme.test") => assertStrongPassword("password", password, email);

it("has more than a thousand common passwords of valid length", () => {
  expect(COMMON_PASSWORDS.size).toBeGreaterThan(1500);
  expect([...COMMON_PASSWORDS].filter((one) => one.length < 10 || one !== one.toLowerCase())).toEqual([]);
});

it.each([
  ["password123", /most common/],
  ["PassWord123", /most common/],
  ["1234567890", /most common/],
  ["qwertyuiop", /most common/],
  ["aaaaaaaaaaaaaa", /repeats/],
  ["ab1!ab1!ab1!", /repeats/],
  ["olga.petrova@acme.test", /too similar/],
  ["petrova2024", /too similar/],
  ["Petrova-Petrova", /too similar/],
])("refuses %s at its field", (password, message) => {
  expect(() => check(password)).toThrow(
    expect.objectContaining({ code: "invalid", issues: [{ path: ["password"], message: expect.stringMatching(message) }] }),
  );
});

it.each(["correct horse", "battery staple", "petrova likes long words", "acme-and-olga", "aaaaaaaaaab", "密码密码很长很长的密码"])(
  "accepts %s",
  (password) => {
    expect(() => check(password)).not.toThrow();
  },
);
