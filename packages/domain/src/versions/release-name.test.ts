import fc from "fast-check";
import { expect, test } from "vitest";
import { formatProjectRelease, formatRelease, releaseName } from "./release-name.ts";

const SHA = "a3f9c1d2e4b5a3f9c1d2e4b5a3f9c1d2e4b5a3f9";

test.each([
  ["web@5.2.1", "web", "5.2.1"],
  ["@acme/web@5.2.1", "@acme/web", "5.2.1"],
  ["5.2.1", null, "5.2.1"],
  [`web@${SHA}`, "web", "a3f9c1d2e4b5"],
  [SHA, null, "a3f9c1d2e4b5"],
  ["a3f9c1d", null, "a3f9c1d"],
  [`web@1.0+${SHA}`, "web", "1.0+a3f9c1d2e4b5"],
  ["web@1.1.0-5-gedf6082", "web", "1.1.0-5-gedf6082"],
  ["web@202601311530591", "web", "202601311530591"],
  ["web@20260131.153059123456789", "web", "20260131.153059123456789"],
  ["release candidate", null, "release candidate"],
])("%s is named %s and %s", (version, name, short) => expect(releaseName(version)).toEqual({ package: name, short }));

test("the text is the version, but for long hashes", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."019a@.-+ v"), maxLength: 12 }), (version) => {
      expect(formatRelease(version)).toBe(version);
    }),
  );
});

test("names the project only if the package does not", () => {
  expect(formatProjectRelease("web", "web@5.2.1")).toBe("web@5.2.1");
  expect(formatProjectRelease("shop", "web@5.2.1")).toBe("shop web@5.2.1");
  expect(formatProjectRelease("shop", "5.2.1")).toBe("shop 5.2.1");
});
