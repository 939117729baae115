import { parseSetCookieHeader } from "better-auth/cookies";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CookieToSet, setCookieHeader } from "./cookies.ts";

const cookie: CookieToSet = { name: "a.b", value: "x", path: "/", httpOnly: true, sameSite: "lax", secure: false };

test.each<[Partial<CookieToSet>, string]>([
  [{}, "a.b=x; Path=/; HttpOnly; SameSite=Lax"],
  [{ maxAge: 60 }, "a.b=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"],
  [{ maxAge: 0, value: "" }, "a.b=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"],
  [{ secure: true }, "a.b=x; Path=/; HttpOnly; SameSite=Lax; Secure"],
  [{ value: "t.c2ln+/=; Domain=evil\r\nX: y" }, "a.b=t.c2ln%2B%2F%3D%3B%20Domain%3Devil%0D%0AX%3A%20y; Path=/; HttpOnly; SameSite=Lax"],
])("a cookie with %j", (changes, line) => {
  expect(setCookieHeader({ ...cookie, ...changes })).toBe(line);
});

test("any value is decoded unchanged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (value) => {
      expect(parseSetCookieHeader(setCookieHeader({ ...cookie, value })).get("a.b")?.value).toBe(value);
    }),
  );
});
