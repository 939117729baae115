import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { authorEmail } from "./author-email.ts";

const LONG = `${"a".repeat(70)}@x.yz`;

describe("the address of an author (contract 14.4)", () => {
  test.each([
    ["the one sent, in lower case", "Ada@Example.COM", "Ada", "ada@example.com"],
    ["whatever it looks like", "email[test]@example.org", null, "email[test]@example.org"],
    ["nobody's for an empty one, though there is a name", "", "Ada", null],
    ["made of the name when there is none", null, "Foo Bar", "foobar@localhost"],
    ["made of the name when the key is missing", undefined, "Foo Bar", "foobar@localhost"],
    ["made of what of a name may stand in an address", undefined, "Jo_ão d'Arc-2.x (he/him)", "jo_odarc-2.xhehim@localhost"],
    ["made of nothing for a name without such characters", undefined, "佐藤", "@localhost"],
    ["nobody's without address and name", null, null, null],
    ["nobody's for an empty name", undefined, "", null],
    ["75 characters as they are", LONG, null, LONG],
    ["76 cut to 72 and dots", `b${LONG}`, null, `b${"a".repeat(70)}@...`],
    ["characters counted as people do", "\u{1f680}".repeat(75), null, "\u{1f680}".repeat(75)],
    ["and none cut in half", "\u{1f680}".repeat(76), null, `${"\u{1f680}".repeat(72)}...`],
  ])("%s", (_, email, name, address) => {
    expect(authorEmail(email, name)).toBe(address);
  });

  test("is the same for every spelling of it, fits its column, and is its own address", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 100 });
    fc.assert(
      fc.property(text, fc.option(text), (email, name) => {
        const address = authorEmail(email, name);
        if (address === null) return;
        expect([...address].length).toBeLessThanOrEqual(75);
        expect(address.isWellFormed()).toBe(true);
        expect(authorEmail(address, null)).toBe(address);
      }),
    );
  });
});
