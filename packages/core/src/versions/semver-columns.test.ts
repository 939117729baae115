import { describe, expect, it } from "vitest";
import { type SemverRelease, semverColumns } from "./semver-columns.ts";

const none = {
  package: null,
  major: null,
  minor: null,
  patch: null,
  revision: null,
  prerelease: null,
  buildCode: null,
  buildNumber: null,
};

const columns = (name: string, numbers: [number, number, number, number], rest: Partial<SemverRelease> = {}): SemverRelease => {
  const [major, minor, patch, revision] = numbers;
  return { package: name, major, minor, patch, revision, prerelease: "", buildCode: null, buildNumber: null, ...rest };
};

describe("semverColumns", () => {
  it.each([
    [
      "E28: a long build number",
      "org.example.FooApp@1.0rc1+20200101100",
      columns("org.example.FooApp", [1, 0, 0, 0], { prerelease: "rc1", buildCode: "20200101100", buildNumber: 20_200_101_100 }),
    ],
    [
      "E28: a build that is no number",
      "org.example.FooApp@1.0rc1+whatever",
      columns("org.example.FooApp", [1, 0, 0, 0], { prerelease: "rc1", buildCode: "whatever" }),
    ],
    [
      "E28: a negative build",
      "org.example.FooApp@1.0rc1+-2020",
      columns("org.example.FooApp", [1, 0, 0, 0], { prerelease: "rc1", buildCode: "-2020" }),
    ],
    [
      "E28: no pre-release",
      "org.example.FooApp@1.0+2020",
      columns("org.example.FooApp", [1, 0, 0, 0], { buildCode: "2020", buildNumber: 2020 }),
    ],
    ["four numbers with leading zeros", "foo@01.02.003.4", columns("foo", [1, 2, 3, 4])],
    ["a build with leading zeros", "foo@1+007", columns("foo", [1, 0, 0, 0], { buildCode: "007", buildNumber: 7 })],
    ["a dotted build", "foo@1+1.2", columns("foo", [1, 0, 0, 0], { buildCode: "1.2" })],
    ["only the dash of a pre-release", "foo@1.0-", columns("foo", [1, 0, 0, 0])],
    ["zero", "foo@0.0.0+0", columns("foo", [0, 0, 0, 0], { buildCode: "0", buildNumber: 0 })],
    ["a date with time in microseconds", "foo@1+20210505090610352", columns("foo", [1, 0, 0, 0], { buildCode: "20210505090610352" })],
    ["epoch microseconds", "foo@1.1620205570352561", columns("foo", [1, 1_620_205_570_352_561, 0, 0])],
    ["the largest number", "foo@1.9007199254740991", columns("foo", [1, Number.MAX_SAFE_INTEGER, 0, 0])],
    [
      "the largest build",
      "foo@1+9007199254740991",
      columns("foo", [1, 0, 0, 0], { buildCode: "9007199254740991", buildNumber: Number.MAX_SAFE_INTEGER }),
    ],
    ["one more keeps only the text", "foo@1+9007199254740992", columns("foo", [1, 0, 0, 0], { buildCode: "9007199254740992" })],
  ])("%s", (_name, release, expected) => {
    expect(semverColumns(release)).toEqual(expected);
  });

  it.each([
    ["E29: free text", "hello world"],
    ["a bare version", "1.2.3"],
    ["a hash", "foo@0123456789ab"],
    ["a package without a version in the grammar", "foo@v1.2.3"],
    ["a name the parser refuses", "latest"],
    ["a major beyond 2^53 - 1", "foo@9007199254740992.0"],
    ["a minor beyond it", "foo@1.9007199254740992"],
    ["a patch beyond it", "foo@1.0.9223372036854775807"],
    ["a revision beyond 2^63 - 1", "foo@1.0.0.9223372036854775808"],
  ])("all null: %s", (_name, release) => {
    expect(semverColumns(release)).toEqual(none);
  });

  it("gives every caller its own object", () => {
    expect(semverColumns("x")).not.toBe(semverColumns("x"));
  });
});
