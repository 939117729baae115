import { describe, expect, it } from "vitest";
import { isBuildHash, shortHash } from "./build-hash.ts";

describe("isBuildHash", () => {
  const lengths = Array.from({ length: 70 }, (_, length) => length);

  it("accepts hex of exactly six lengths", () => {
    expect(lengths.filter((length) => isBuildHash("a".repeat(length)))).toEqual([12, 16, 20, 32, 40, 64]);
  });

  it.each([
    ["capitals", "ABCDEF012345", true],
    ["digits only", "202105050906", true],
    ["a letter past f", "abcdefg12345", false],
    ["a dash", "abcdef-12345", false],
    ["a line end after 12 digits", "abcdef012345\n", false],
    ["full-width digits", "０１２３４５６７８９０１", false],
  ])("%s", (_name, text, expected) => {
    expect(isBuildHash(text)).toBe(expected);
  });

  it("is shown by its first 12 digits", () => {
    expect(shortHash("085240e737828d8326719bf97730188e927e49ca")).toBe("085240e73782");
    expect(shortHash("0123456789ab")).toBe("0123456789ab");
  });
});
