import { isValidSlug } from "@landfall/schema/fields/slug";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAppError } from "../app-error.ts";
import { slugOfName } from "./slug-of-name.ts";

describe("slugOfName", () => {
  it.each([
    ["web", "web"],
    ["Pump Station", "pump-station"],
    ["  Crème Brûlée 2 ", "creme-brulee-2"],
    ["C++ / .NET", "c-net"],
    ["snake_case", "snake_case"],
    ["ﬁne", "fine"],
    ["x".repeat(80), "x".repeat(50)],
    [`${"x".repeat(49)} y`, "x".repeat(49)],
  ])("makes %j into %j", (name, slug) => {
    expect(slugOfName(name)).toBe(slug);
  });

  it.each(["Кафе", "日本", "123", "---", "!"])("asks for a slug when %j leaves nothing usable", (name) => {
    expect(() => slugOfName(name)).toThrow(
      expect.objectContaining({ code: "invalid", issues: [expect.objectContaining({ path: ["slug"] })] }),
    );
  });

  it("makes a slug that may be used, or says that it cannot", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (name) => {
        try {
          const slug = slugOfName(name);
          expect(isValidSlug(slug) && slug.length <= 50).toBe(true);
        } catch (error) {
          expect(isAppError(error)).toBe(true);
        }
      }),
    );
  });
});
