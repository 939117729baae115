import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseVersion } from "./parse-version.ts";
import { semverColumns } from "./semver.ts";
import { type VersionInfo, versionInfo } from "./version-info.ts";

type Numbers = [major: number, minor: number, patch: number];

const parsed = (
  name: string,
  raw: string,
  [major, minor, patch]: Numbers,
  rest: { pre?: string; buildCode?: string; components: number; description: string; buildHash?: string },
): VersionInfo => ({
  package: name,
  version: { raw, major, minor, patch, pre: rest.pre ?? null, buildCode: rest.buildCode ?? null, components: rest.components },
  description: rest.description,
  buildHash: rest.buildHash ?? null,
});

const unparsed = (name: string | null, raw: string, description: string, buildHash: string | null = null): VersionInfo => ({
  package: name,
  version: { raw },
  description,
  buildHash,
});

const sha1 = "a86d127c4b2f23a0a862620280427dcc01c78676";
const sha2 = "085240e737828d8326719bf97730188e927e49ca";
const day = "2020.05.26-01.38.42";

/** Contract 13.1, row by row. */
const rows: [release: string, expected: VersionInfo][] = [
  ["2.0rc2", unparsed(null, "2.0rc2", "2.0rc2")],
  ["frontend@1.0.0", parsed("frontend", "1.0.0", [1, 0, 0], { components: 3, description: "1.0.0" })],
  [
    "foo.bar.BazApp@1.0a+20200101100",
    parsed("foo.bar.BazApp", "1.0a+20200101100", [1, 0, 0], {
      pre: "a",
      buildCode: "20200101100",
      components: 2,
      description: "1.0a (20200101100)",
    }),
  ],
  [
    "@foo.bar.baz--blah@1.2.3-dev+BUILD-code",
    parsed("@foo.bar.baz--blah", "1.2.3-dev+BUILD-code", [1, 2, 3], {
      pre: "dev",
      buildCode: "BUILD-code",
      components: 3,
      description: "1.2.3-dev (BUILD-code)",
    }),
  ],
  [sha1, unparsed(null, sha1, "a86d127c4b2f", sha1)],
  [`package@${sha2}`, unparsed("package", sha2, "085240e73782", sha2)],
  [
    "com.foogame.FooGame@7211+7211",
    parsed("com.foogame.FooGame", "7211+7211", [7211, 0, 0], { buildCode: "7211", components: 1, description: "7211 (7211)" }),
  ],
  [`some-api@${day}`, unparsed("some-api", day, `some-api@${day}`)],
  ["some-api@2020.2-1.2.3", parsed("some-api", "2020.2-1.2.3", [2020, 2, 0], { pre: "1.2.3", components: 2, description: "2020.2-1.2.3" })],
  [
    "foo@01.02.003.4-alpha+1234",
    parsed("foo", "01.02.003.4-alpha+1234", [1, 2, 3], {
      pre: "alpha",
      buildCode: "1234",
      components: 4,
      description: "01.02.003.4-alpha (1234)",
    }),
  ],
  ["foo@20210505090610352561", unparsed("foo", "20210505090610352561", "202105050906", "20210505090610352561")],
  [
    "foo@1.0.0+0123456789ab",
    parsed("foo", "1.0.0+0123456789ab", [1, 0, 0], {
      buildCode: "0123456789ab",
      components: 3,
      description: "1.0.0 (0123456789ab)",
      buildHash: "0123456789ab",
    }),
  ],
  [
    "bla-internal@0.0.0.4bfe251b96",
    parsed("bla-internal", "0.0.0.4bfe251b96", [0, 0, 0], { pre: "bfe251b96", components: 4, description: "0.0.0.4bfe251b96" }),
  ],
  ["hackweek@6f85d2f", unparsed("hackweek", "6f85d2f", "hackweek@6f85d2f")],
  ["foo@v1.2.3", unparsed("foo", "v1.2.3", "foo@v1.2.3")],
  ["foo@1.2.3.4.5", unparsed("foo", "1.2.3.4.5", "foo@1.2.3.4.5")],
  ["foo@1.0B", unparsed("foo", "1.0B", "foo@1.0B")],
  ["foo@1.0.0-01", unparsed("foo", "1.0.0-01", "foo@1.0.0-01")],
];

describe("versionInfo", () => {
  it.each(rows)("%s", (release, expected) => {
    expect(versionInfo(release)).toEqual(expected);
  });

  it("has the keys of the wire in order, without revision", () => {
    expect(JSON.stringify(versionInfo("foo@1.2.3.4-a+5"))).toBe(
      '{"package":"foo","version":{"raw":"1.2.3.4-a+5","major":1,"minor":2,"patch":3,"pre":"a","buildCode":"5","components":4},' +
        '"description":"1.2.3.4-a (5)","buildHash":null}',
    );
  });

  it.each([["latest"], ["."], ["é".repeat(101)], ["a\\b"], ["1\u000b0"]])("is null for %j, which the parser rejects", (release) => {
    expect(versionInfo(release)).toBeNull();
  });

  it.each([
    ["up to 2^53 - 1 exactly", "9007199254740991.0", { major: 9_007_199_254_740_991, minor: 0, patch: 0, components: 2 }],
    ["above it as JavaScript reads them", "1.9007199254740993", { major: 1, minor: 9_007_199_254_740_992, patch: 0, components: 2 }],
    ["up to 2^64 - 1", "1.0.18446744073709551615", { major: 1, minor: 0, patch: 2 ** 64, components: 3 }],
    ["above 2^64 - 1 as 0, as the wire's parser does", "18446744073709551616.2", { major: 0, minor: 2, patch: 0, components: 2 }],
    ["with a fourth number that is not sent", "1.0.0.99999999999999999999", { major: 1, minor: 0, patch: 0, components: 4 }],
  ])("shows numbers %s, and keeps the build code", (_name, raw, numbers) => {
    expect(versionInfo(`foo@${raw}+7`)).toEqual({
      package: "foo",
      version: { raw: `${raw}+7`, pre: null, buildCode: "7", ...numbers },
      description: `${raw} (7)`,
      buildHash: null,
    });
  });

  it("has the numbers of the semver columns for releases that have them", () => {
    const number = fc.oneof(fc.nat(30).map(String), fc.bigInt({ min: 0n, max: 2n ** 65n }).map(String));
    const release = fc
      .tuple(fc.constantFrom("", "a@", "@a@"), fc.array(number, { minLength: 1, maxLength: 5 }), fc.constantFrom("", "-a", "b", "+9", "_"))
      .map(([name, numbers, rest]) => `${name}${numbers.join(".")}${rest}`);
    fc.assert(
      fc.property(release, (written) => {
        const version = versionInfo(written)?.version;
        const columns = semverColumns(written);
        expect(version !== undefined && "major" in version).toBe(parseVersion(written)?.version !== null);
        fc.pre(columns.package !== null);
        expect(version).toMatchObject({
          major: columns.major,
          minor: columns.minor,
          patch: columns.patch,
          pre: columns.prerelease === "" ? null : columns.prerelease,
          buildCode: columns.buildCode,
        });
      }),
      { numRuns: 500 },
    );
  });
});
