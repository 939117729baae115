import { testRandom } from "@landfall/testing/create-test-app";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateOrgToken, generateUserToken, hashToken } from "./token-text.ts";

const now = new Date("2026-01-02T03:04:05.678Z");

describe("generateUserToken", () => {
  it("is sntryu_ and 64 lower hex digits", () => {
    expect(generateUserToken({ randomHex: testRandom() })).toMatch(/^sntryu_[0-9a-f]{64}$/);
  });

  it("uses all 32 random bytes", () => {
    expect(generateUserToken({ randomHex: (bytes) => "a7".repeat(bytes) })).toBe(`sntryu_${"a7".repeat(32)}`);
  });
});

describe("generateOrgToken", () => {
  it("contains the organization and the server, with exactly the keys that clients read (clients 9)", () => {
    const token = generateOrgToken({ randomHex: testRandom(), origin: "https://landfall.example" }, "acme", now);
    const [, payload = ""] = token.split("_");
    expect(JSON.parse(Buffer.from(payload, "base64").toString())).toEqual({
      iat: 1767323045.678,
      url: "https://landfall.example",
      region_url: "https://landfall.example",
      org: "acme",
    });
  });

  it("has the format that every client parses, for any URL, slug and secret (clients 9)", () => {
    const secret = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"));
    fc.assert(
      fc.property(secret, fc.webUrl(), fc.stringMatching(/^[a-z0-9_-]{1,50}$/), (hex, origin, slug) => {
        const parts = generateOrgToken({ randomHex: () => hex, origin }, slug, now).split("_");
        expect(parts).toHaveLength(3);
        const [kind, payload = "", text = ""] = parts;
        expect(kind).toBe("sntrys");
        expect(payload).toMatch(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
        expect(text).toMatch(/^[A-Za-z0-9+/]{43}$/);
        expect(Buffer.from(text, "base64").toString("hex")).toBe(hex);
      }),
    );
  });
});

describe("hashToken", () => {
  it("is the sha256 in hex", () => {
    expect(hashToken("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
