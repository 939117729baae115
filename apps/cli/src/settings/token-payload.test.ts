import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenPayload } from "./token-payload.ts";

const SECRET = "a".repeat(43);
const tokenOf = (payload: unknown): string => `sntrys_${Buffer.from(JSON.stringify(payload)).toString("base64")}_${SECRET}`;

describe("tokenPayload", () => {
  test("reads the server and the organization", () => {
    const payload = { iat: 1, url: "https://lf.test", region_url: "https://lf.test", org: "acme" };
    expect(tokenPayload(tokenOf(payload))).toEqual({ url: "https://lf.test", organization: "acme" });
  });

  test.each([
    [
      { url: null, org: "acme" },
      { url: null, organization: "acme" },
    ],
    [
      { url: "", org: 7 },
      { url: null, organization: null },
    ],
    [{}, { url: null, organization: null }],
  ])("takes %j for what it says", (payload, expected) => {
    expect(tokenPayload(tokenOf(payload))).toEqual(expected);
  });

  test.each([
    `sntryu_${"0".repeat(64)}`,
    "",
    "sntrys_",
    `sntrys_bm90IGpzb24=_${SECRET}`,
    `sntrys_${Buffer.from("7").toString("base64")}_${SECRET}`,
    `sntrys_${Buffer.from("null").toString("base64")}_${SECRET}`,
    "sntrys_###_x",
  ])("knows nothing of %j", (token) => {
    expect(tokenPayload(token)).toBeNull();
  });

  test("never fails", () => {
    fc.assert(fc.property(fc.string(), (text) => [tokenPayload(text), tokenPayload(`sntrys_${text}`)].length === 2));
  });
});
