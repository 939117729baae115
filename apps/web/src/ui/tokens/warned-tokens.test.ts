import { expect, test } from "vitest";
import { tokenWarning } from "./warned-tokens.ts";

const NOW = new Date("2026-01-15T12:00:00Z");
const [SOON, OVER, LATER] = ["2026-01-16T00:00:00Z", "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"];

test.each([
  [[], null],
  [[null, LATER], null],
  [[SOON], "1 stops working within 14 days: rotate it before that."],
  [[SOON, SOON, LATER], "2 stop working within 14 days: rotate them before that."],
  [[OVER, null], "1 has expired and can be revoked."],
  [[OVER, SOON, OVER], "1 stops working within 14 days: rotate it before that. 2 have expired and can be revoked."],
])("%j: %s", (ends, words) => {
  expect(
    tokenWarning(
      ends.map((dateExpires) => ({ dateExpires })),
      NOW,
    ),
  ).toBe(words);
});

test("tokens whose creator has left are offered for revocation", () => {
  const by = (isMember: boolean) => ({ dateExpires: null, createdBy: { isMember } });
  expect(tokenWarning([by(true), { dateExpires: null, createdBy: null }], NOW)).toBeNull();
  expect(tokenWarning([by(false), by(true)], NOW)).toBe("1 was created by somebody who left: revoke or rotate it.");
  expect(tokenWarning([by(false), by(false)], NOW)).toBe("2 were created by somebody who left: revoke or rotate them.");
});
