import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptedReleaseText, parseVersion } from "./parse-version.ts";

describe("parseVersion", () => {
  it("keeps the numbers as written, including the fourth", () => {
    expect(parseVersion("foo@01.02.003.4-alpha+1234")).toEqual({
      package: "foo",
      raw: "01.02.003.4-alpha+1234",
      version: { major: "01", minor: "02", patch: "003", revision: "4", pre: "alpha", buildCode: "1234", components: 4 },
      description: "01.02.003.4-alpha (1234)",
      buildHash: null,
    });
  });

  it.each([
    ["a bare version is not parsed", "1.2.3", null, "1.2.3", "1.2.3"],
    ["the first @ splits", "a@b@1.0", "a", "b@1.0", "a@b@1.0"],
    ["a name that ends in @", "foo@", null, "foo@", "foo@"],
    ["white space is not part of the name", " hello world\n", null, "hello world", "hello world"],
    ["white space after the @ is", "foo@ 1.0", "foo", " 1.0", "foo@ 1.0"],
    ["six hex digits are not a hash", "control@abc123", "control", "abc123", "control@abc123"],
    ["one number and a letter", "foo@1a1", "foo", "1a1", "foo@1a1"],
  ])("%s", (_name, release, name, raw, description) => {
    expect(parseVersion(release)).toEqual({ package: name, raw, version: null, description, buildHash: null });
  });

  it.each([
    ["a bare hash", "0123456789ab", null, "0123456789ab"],
    ["capitals are kept", "0123456789ABCDEF", null, "0123456789AB"],
    ["after a package", "foo@085240e737828d8326719bf97730188e927e49ca", "foo", "085240e73782"],
    ["sixteen digits", "foo@2021050509061035", "foo", "202105050906"],
  ])("a hash is not a version: %s", (_name, release, name, description) => {
    const raw = release.slice(name === null ? 0 : name.length + 1);
    expect(parseVersion(release)).toEqual({ package: name, raw, version: null, description, buildHash: raw });
  });

  it.each([
    ["the first 12 digits of a build that is a hash", "foo@1.0+0123456789abcdef", "1.0 (0123456789ab)", "0123456789abcdef"],
    ["any other build whole", "foo@1.0+build.7", "1.0 (build.7)", null],
    ["a build that looks like a version", "foo@1.0-a+1.0", "1.0-a (1.0)", null],
    ["no build", "foo@1.0-", "1.0-", null],
  ])("describes with %s", (_name, release, description, buildHash) => {
    expect(parseVersion(release)).toMatchObject({ description, buildHash });
  });

  it.each([[""], ["."], [" .. "], ["latest"], ["Latest"], ["a/b"], ["a\\b"], ["a@1.0\u0007"], [`a@1.0+${"1".repeat(195)}`]])(
    "returns null for %j",
    (release) => {
      expect(parseVersion(release)).toBeNull();
    },
  );

  it("never throws, and returns no version without a package or for a hash", () => {
    const likely = fc.string({ unit: fc.constantFrom(..."0123456789abcX.@+- ".split("")), maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(likely, fc.string({ unit: "binary", maxLength: 250 })), (release) => {
        const parsed = parseVersion(release);
        fc.pre(parsed !== null);
        const mustNotParse = parsed.package === null || parsed.buildHash === parsed.raw;
        expect(mustNotParse && parsed.version !== null).toBe(false);
        expect(release).toContain(parsed.package === null ? parsed.raw : `${parsed.package}@${parsed.raw}`);
        expect(parsed.description).not.toBe("");
      }),
      { numRuns: 500 },
    );
  });
});

describe("acceptedReleaseText", () => {
  it.each([
    ["as written", "frontend@1.0.0", "frontend@1.0.0"],
    ["inner spaces", "1.2.1 (123)", "1.2.1 (123)"],
    ["surrounding spaces", "  1.0 ", "1.0"],
    ["surrounding line ends, which are white space", "\r\n1.0\t", "1.0"],
    ["U+0085, U+00A0, U+2028 and U+3000 around it", "\u0085\u00a01.0\u2028\u3000", "1.0"],
    ["U+FEFF is not white space here", "\ufeff1.0", "\ufeff1.0"],
    ["U+200B is not white space", "1.0\u200b", "1.0\u200b"],
    ["U+0085 inside", "1\u00850", "1\u00850"],
    ["a name that only contains latest", "latest-1", "latest-1"],
    ["three dots", "...", "..."],
  ])("accepts %s", (_name, release, expected) => {
    expect(acceptedReleaseText(release)).toBe(expected);
  });

  it.each([
    ["nothing", ""],
    ["only white space", " \u00a0\t"],
    ["a dot", "."],
    ["two dots", ".."],
    ["dots with spaces", " .. "],
    ["latest", "latest"],
    ["latest in capitals and spaces", " LaTeST "],
    ["a slash", "a/b"],
    ["a backslash", "a\\b"],
    ["NUL", "a\0b"],
    ["a line end inside", "1\n0"],
    ["vertical tab inside, although a release name may contain one", "1\u000b0"],
    ["unit separator at the end: a control character, not white space", "1.0\u001f"],
    ["DEL", "1\u007f0"],
  ])("rejects %s", (_name, release) => {
    expect(acceptedReleaseText(release)).toBeNull();
  });

  it.each([
    ["ASCII", "a", 200],
    ["two bytes a character", "é", 100],
    ["three bytes a character", "€", 66],
    ["four bytes a character", "😀", 50],
  ])("counts bytes: %s", (_name, character, fits) => {
    expect(acceptedReleaseText(character.repeat(fits))).not.toBeNull();
    expect(acceptedReleaseText(character.repeat(fits + 1))).toBeNull();
  });

  it("does not count trimmed white space", () => {
    expect(acceptedReleaseText(`${" ".repeat(500)}${"a".repeat(200)}\n`)).toBe("a".repeat(200));
  });

  it("never throws and is idempotent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (release) => {
        const text = acceptedReleaseText(release);
        fc.pre(text !== null);
        expect(release).toContain(text);
        expect(acceptedReleaseText(text)).toBe(text);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200);
      }),
    );
  });
});
