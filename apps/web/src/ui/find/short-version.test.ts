import { expect, test } from "vitest";
import { shortVersion } from "./short-version.ts";

test.each([
  ["web@4.3.1", "4.3.1"],
  ["@acme/web@4.3.1-rc.1+7", "4.3.1-rc.1+7"],
  ["nightly", "nightly"],
  ["4f2a91c0d5e6b7a8990011223344556677889900", "4f2a91c0d5"],
  ["web@4F2A91C0D5E6B7A8990011223344556677889900", "4F2A91C0D5"],
  ["release-of-the-second-of-march", "release-of-the-second-o…"],
  ["🚀".repeat(30), `${"🚀".repeat(23)}…`],
])("%s is %s", (version, short) => {
  expect(shortVersion(version)).toBe(short);
});
