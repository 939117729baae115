import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issuesOf } from "./issues-of.ts";
import { isValidSlug, slug } from "./slug.ts";

describe("slug", () => {
  it.each(["pump-station", "a", "1a", "_", "-", "a_b-1", "x".repeat(50)])("accepts %s", (text) => {
    expect(slug().parse(text)).toBe(text);
  });

  it("trims what surrounds the slug", () => {
    expect(slug().parse(" acme ")).toBe("acme");
  });

  it.each(["12", "Acme", "a b", "a/b", "é", "a.b", "٣a"])("refuses %j and says how to write one", (text) => {
    const [message] = issuesOf(slug(), text)[""] ?? [];
    expect(message).toContain("lower-case letters, digits, hyphens and underscores");
    expect(message).toContain("not a digit");
  });

  it.each([
    [undefined, "This field is required."],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    ["x".repeat(51), "Ensure this field has no more than 50 characters."],
  ])("refuses %j with %j", (value, message) => {
    expect(issuesOf(slug(), value)).toEqual({ "": [message] });
  });

  it("lets through only slugs that cannot be taken for an id", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."az09-_A ."), maxLength: 6 }), (text) => {
        const result = slug().safeParse(text);
        if (!result.success) return;
        expect(result.data).toMatch(/^[a-z0-9_-]{1,50}$/);
        expect(result.data).toMatch(/[^0-9]/);
        expect(isValidSlug(result.data)).toBe(true);
      }),
    );
  });
});
