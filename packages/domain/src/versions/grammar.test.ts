import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBuildHash, parseVersionGrammar, safeInteger, shortHash, splitPackage } from "./grammar.ts";

const parts = (numbers: string, pre: string | null = null, buildCode: string | null = null) => {
  const written = numbers.split(".");
  const [major, minor = "0", patch = "0", revision = "0"] = written;
  return { major, minor, patch, revision, pre, buildCode, components: written.length };
};

describe("parseVersionGrammar", () => {
  it.each([
    ["1", parts("1")],
    ["1.2", parts("1.2")],
    ["1.2.3", parts("1.2.3")],
    ["1.2.3.4", parts("1.2.3.4")],
    ["01.002.0003.00", parts("01.002.0003.00")],
    ["99999999999999999999999.1", parts("99999999999999999999999.1")],
    ["1-a1", parts("1", "a1")],
    ["1-", parts("1")],
    ["1.0-", parts("1.0")],
    ["1.0a", parts("1.0", "a")],
    ["1.0a1", parts("1.0", "a1")],
    ["1.0rc1", parts("1.0", "rc1")],
    ["1.0rc.1.x", parts("1.0", "rc.1.x")],
    ["1.0.0-alpha.0", parts("1.0.0", "alpha.0")],
    ["1.0.0-1234", parts("1.0.0", "1234")],
    ["1.0.0-0", parts("1.0.0", "0")],
    ["1.0.0--01", parts("1.0.0", "-01")],
    ["1.0.0-01a", parts("1.0.0", "01a")],
    ["1.0.0-.5", parts("1.0.0", ".5")],
    ["1+1", parts("1", null, "1")],
    ["1.0-rc1+20200101100", parts("1.0", "rc1", "20200101100")],
    ["1.0+BUILD-code.x-.007", parts("1.0", null, "BUILD-code.x-.007")],
    ["1.0+-2020", parts("1.0", null, "-2020")],
  ])("parses %s", (text, expected) => {
    expect(parseVersionGrammar(text)).toEqual(expected);
  });

  it.each([
    "",
    "v1.2.3",
    "1.",
    ".1",
    "1..2",
    "1.2.3.4.5",
    "1a1",
    "1.0B",
    "1.0A1",
    "1.0.0-01",
    "1.0a01",
    "1.0.0-a..b",
    "1.0.0-a.",
    "1.0.0-a_b",
    "1.0+",
    "1.0+a..b",
    "1.0+a_b",
    "1.0+a+b",
    " 1.0",
    "1.0\n",
    "1.0 beta",
    "-1.0",
    "+1",
    "１.０",
    "2020.05.26-01.38.42",
  ])("rejects %j", (text) => {
    expect(parseVersionGrammar(text)).toBeNull();
  });

  it("parses every version that the grammar generates", () => {
    const number = fc.string({ unit: fc.constantFrom(..."0123456789".split("")), minLength: 1, maxLength: 24 });
    const identifier = fc.oneof(fc.constantFrom("0", "7", "1234"), fc.stringMatching(/^[0-9]{0,3}[a-zA-Z-][0-9a-zA-Z-]{0,5}$/));
    const pre = fc.array(identifier, { minLength: 1, maxLength: 3 }).map((identifiers) => identifiers.join("."));
    const build = fc.stringMatching(/^[0-9a-zA-Z-]{1,6}(\.[0-9a-zA-Z-]{1,6}){0,2}$/);
    const numbers = fc.array(number, { minLength: 1, maxLength: 4 }).map((written) => written.join("."));
    fc.assert(
      fc.property(numbers, fc.option(pre), fc.option(build), (written, preRelease, buildCode) => {
        const text = `${written}${preRelease === null ? "" : `-${preRelease}`}${buildCode === null ? "" : `+${buildCode}`}`;
        expect(parseVersionGrammar(text)).toEqual(parts(written, preRelease, buildCode));
      }),
    );
  });

  it.each([
    ["digits", "1".repeat(100_000)],
    ["dotted digits and a bad end", `1.0-${"1a.".repeat(50_000)}_`],
    ["a long identifier and a bad end", `1.0-${"1".repeat(100_000)}_`],
    ["dashes and a bad end", `1.0${"-".repeat(100_000)}_`],
    ["builds and a bad end", `1.0+${"a.".repeat(50_000)}`],
  ])("stays linear on %s", (_name, text) => {
    const started = performance.now();
    const version = parseVersionGrammar(text);
    // Quadratic work on 100,000 characters would take many seconds.
    expect(performance.now() - started).toBeLessThan(1000);
    expect(version === null).toBe(text.endsWith("_") || text.endsWith("."));
  });
});

describe("isBuildHash", () => {
  const lengths = Array.from({ length: 70 }, (_, length) => length);

  it("accepts exactly six lengths of hex digits", () => {
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

  it("is shortened to 12 digits", () => {
    expect(shortHash("085240e737828d8326719bf97730188e927e49ca")).toBe("085240e73782");
    expect(shortHash("0123456789ab")).toBe("0123456789ab");
  });
});

describe("safeInteger", () => {
  it.each([
    ["0", 0],
    ["007", 7],
    ["20200101100", 20_200_101_100],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ["0000000000000000000000000009007199254740991", Number.MAX_SAFE_INTEGER],
    ["9007199254740992", null],
    ["9007199254740993", null],
    ["9223372036854775807", null],
    ["9".repeat(400), null],
  ])("%s", (digits, expected) => {
    expect(safeInteger(digits)).toBe(expected);
  });

  it("is exact or null for any number", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 55n }), (value) => {
        const expected = value <= BigInt(Number.MAX_SAFE_INTEGER) ? value : null;
        const number = safeInteger(value.toString());
        expect(number === null ? null : BigInt(number)).toBe(expected);
      }),
    );
  });
});

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

  it("loses no character, and the package contains @ only at its start", () => {
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
