import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSearchQuery } from "./parse-search-query.ts";

describe("parseSearchQuery finds", () => {
  test.each([
    ["4.3.1", [4, 3, 1, 0, 1, ""]],
    ["v4.3", [4, 3, 0, 0, 1, ""]],
    ["1.2.3.4", [1, 2, 3, 4, 1, ""]],
    ["1.2.3-rc1+77", [1, 2, 3, 0, 0, "rc1"]],
    ["4", null],
    ["v4", null],
    ["web@1.2.3", null],
    ["99999999999999999.1", null],
    ["cart", null],
  ])("the key of a version: %s", (text, numbers) => expect(parseSearchQuery(text).versionKey).toEqual(numbers));

  test.each([
    ["web 5.2.1", { name: "web", version: "5.2.1", versionKey: [5, 2, 1, 0, 1, ""] }],
    ["shop  web@5.2.1", { name: "shop", version: "web@5.2.1", versionKey: [5, 2, 1, 0, 1, ""] }],
    ["fix cart", { name: "fix", version: "cart", versionKey: null }],
    ["web@5.2.1", null],
    ["fix the cart", null],
  ])("a package or project with a version: %s", (text, expected) => expect(parseSearchQuery(text).release).toEqual(expected));

  test.each([
    ["deadbeef", "deadbeef"],
    ["DEADbeef", "deadbeef"],
    ["1234", "1234"],
    ["123", null],
    ["deadbeeg", null],
    ["a".repeat(64), "a".repeat(64)],
    ["a".repeat(65), null],
  ])("the beginning of a hash: %s", (text, sha) => expect(parseSearchQuery(text).sha).toBe(sha));

  test.each(["#123", "!12", "PROJ-12", "proj-1", "A_B2-9"])("a pull request or ticket: %s", (text) =>
    expect(parseSearchQuery(text)).toMatchObject({ reference: text, sha: null, versionKey: null }),
  );
  test.each(["123", "#", "#12a", "PROJ-", "-12", "2FA-1", "two words-1", "#1234567890123"])("no pull request or ticket: %s", (text) =>
    expect(parseSearchQuery(text).reference).toBeNull(),
  );

  test("words of a message, at most eight", () => {
    expect(parseSearchQuery("fix  the\tcart").words).toEqual(["fix", "the", "cart"]);
    expect(parseSearchQuery("a b c d e f g h i j").words).toHaveLength(8);
  });

  test("a result for any text", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200, unit: "grapheme" }), (text) => {
        const query = parseSearchQuery(text);
        expect(query.text).toBe(text);
        if (query.sha !== null) expect(query.sha).toMatch(/^[0-9a-f]{4,64}$/);
      }),
    );
  });
});
