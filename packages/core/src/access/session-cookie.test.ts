import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SESSION_COOKIE, sessionToken } from "./session-cookie.ts";

const TOKEN = "abcdefghijklmnopqrstuvwxyz012345";

describe("sessionToken", () => {
  it.each([
    [`${SESSION_COOKIE}=${TOKEN}.c2lnbg%3D%3D`],
    [`${SESSION_COOKIE}=${TOKEN}`],
    [`theme=dark; ${SESSION_COOKIE}=${TOKEN}.s; more=1`],
    [`theme=dark;${SESSION_COOKIE}=${TOKEN};more=1`],
    [`${SESSION_COOKIE}=short; ${SESSION_COOKIE}=${TOKEN}.s`],
  ])("is found in %s", (cookies) => {
    expect(sessionToken(cookies)).toBe(TOKEN);
  });

  it.each([
    [""],
    ["theme=dark"],
    [`other.${SESSION_COOKIE}=${TOKEN}.s`],
    [`landfallXsession_token=${TOKEN}.s`],
    [`theme=${SESSION_COOKIE}=${TOKEN}.s`],
    [`${SESSION_COOKIE}=${TOKEN}x.s`],
    [`${SESSION_COOKIE}=${TOKEN.slice(1)}.s`],
    [`${SESSION_COOKIE}=${TOKEN.slice(1)}'.s`],
    [`${SESSION_COOKIE}="${TOKEN}.s"`],
  ])("is none in %s", (cookies) => {
    expect(sessionToken(cookies)).toBeNull();
  });

  it("is found among any other cookies, and is always 32 letters and digits", () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}$/);
    const value = fc.stringMatching(/^[A-Za-z0-9%._~-]{0,20}$/);
    const others = fc.array(fc.tuple(name, value).map(([one, text]) => `${one}=${text}`));
    fc.assert(
      fc.property(others, others, (before, after) => {
        expect(sessionToken([...before, `${SESSION_COOKIE}=${TOKEN}.s`, ...after].join("; "))).toBe(TOKEN);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(sessionToken(`${SESSION_COOKIE}=${text}`) ?? TOKEN).toMatch(/^[A-Za-z0-9]{32}$/);
      }),
    );
  });
});
