import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitPackage } from "./split-package.ts";

describe("splitPackage", () => {
  it.each([
    ["frontend@1.0.0", "frontend", "1.0.0"],
    ["@foo@1.0", "@foo", "1.0"],
    ["a@b@1.0", "a", "b@1.0"],
    ["a@@1", "a", "@1"],
    ["a@1@", "a", "1@"],
    ["my app@1.0 beta", "my app", "1.0 beta"],
    ["a@1\u20280", "a", "1\u20280"],
    ["foo@", null, "foo@"],
    ["@foo", null, "@foo"],
    ["@@1", null, "@@1"],
    ["@foo@", null, "@foo@"],
    ["@", null, "@"],
    ["1.2.3", null, "1.2.3"],
    ["", null, ""],
  ])("%j", (text, name, raw) => {
    expect(splitPackage(text)).toEqual({ package: name, raw });
  });

  it("loses no character, and the package holds no @ but a leading one", () => {
    const text = fc.string({ unit: fc.constantFrom("@", "a", "1", ".", " "), maxLength: 12 });
    fc.assert(
      fc.property(text, (written) => {
        const { package: name, raw } = splitPackage(written);
        expect(name === null ? raw : `${name}@${raw}`).toBe(written);
        expect(name ?? "none").toMatch(/^@?[^@]+$/);
      }),
    );
  });
});
