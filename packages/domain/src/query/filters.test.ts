import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { semverColumns, type SemverKey } from "../versions/semver.ts";
import { singleEnvironmentMessage } from "./filters.ts";
import { parseReleaseQuery } from "./parse-release-query.ts";
import { QueryError } from "./release-query.ts";

describe("build filter", () => {
  const now = new Date("2024-03-15T12:00:00Z");

  const number = (operator: string, value: number, negated = false) => [
    { kind: "build", negated, match: { form: "number", operator, value } },
  ];
  const code = (form: string, value: string, negated = false) => [{ kind: "build", negated, match: { form, value } }];

  describe("release.build:", () => {
    it.each([
      ["release.build:124", number("=", 124)],
      ["release.build:>124", number(">", 124)],
      ["release.build:<125", number("<", 125)],
      ["release.build:>=124", number(">=", 124)],
      ["release.build:<=124", number("<=", 124)],
      ["!release.build:124", number("=", 124, true)],
      ["release.build:!=124", number("=", 124, true)],
      ["release.build:007", number("=", 7)],
      ["release.build:20200101100", number("=", 20_200_101_100)],
      ["release.build:9007199254740991", number("=", Number.MAX_SAFE_INTEGER)],
      ["release.build:9007199254740992", code("exact", "9007199254740992")],
      ["release.build:99999999999999999999", code("exact", "99999999999999999999")],
      ["release.build:whatever", code("exact", "whatever")],
      ["release.build:-2020", code("exact", "-2020")],
      ["release.build:1.2", code("exact", "1.2")],
      ["release.build:>what", code("exact", "what")],
      ["!release.build:what*", code("prefix", "what", true)],
      ["release.build:12*", code("prefix", "12")],
      ["release.build:*", code("prefix", "")],
      ['release.build:""', code("prefix", "")],
      ["release.build:*ever", code("exact", "*ever")],
      ["release.build:12\\*", code("exact", "12*")],
    ])("%s", (query, expected) => {
      expect(parseReleaseQuery(query, now)).toEqual(expected);
    });

    it("rejects a list with a hint", () => {
      expect(() => parseReleaseQuery("release.build:[1,2]", now)).toThrow(
        new QueryError(
          "release.build takes one value, not a list: use a number with an operator, a build code, or a prefix and *.",
          "value",
          "release.build",
        ),
      );
    });
  });
});

describe("created filter", () => {
  const now = new Date("2024-03-15T12:00:00Z");

  const bound = (text: string, inclusive: boolean) => ({ at: new Date(text), inclusive });

  const created = (from: ReturnType<typeof bound> | null, to: ReturnType<typeof bound> | null, negated = false) => [
    { kind: "created", negated, from, to },
  ];

  describe("release.created:", () => {
    it.each([
      ["release.created:>2024-01-01", created(bound("2024-01-01T00:00:00Z", false), null)],
      ["release.created:>=2024-01-01", created(bound("2024-01-01T00:00:00Z", true), null)],
      ["release.created:<2024-01-01T10:30", created(null, bound("2024-01-01T10:30:00Z", false))],
      ["release.created:<=2024-01-01T10:30:00+02:00", created(null, bound("2024-01-01T08:30:00Z", true))],
      ['release.created:>"2024-01-01 10:30"', created(bound("2024-01-01T10:30:00Z", false), null)],
      ["release.created:2024-02-29", created(bound("2024-02-29T00:00:00Z", true), bound("2024-03-01T00:00:00Z", false))],
      ["release.created:9999-12-31", created(bound("9999-12-31T00:00:00Z", true), null)],
      ["release.created:2024-02-29T10:00:00.5Z", created(bound("2024-02-29T10:00:00.5Z", true), bound("2024-02-29T10:00:00.5Z", true))],
      ["!release.created:2024-02-29", created(bound("2024-02-29T00:00:00Z", true), bound("2024-03-01T00:00:00Z", false), true)],
      ["release.created:!=20240229", created(bound("2024-02-29T00:00:00Z", true), bound("2024-03-01T00:00:00Z", false), true)],
      ["release.created:-7d", created(bound("2024-03-08T12:00:00Z", true), null)],
      ["release.created:+7d", created(null, bound("2024-03-08T12:00:00Z", true))],
      ["release.created:-24h", created(bound("2024-03-14T12:00:00Z", true), null)],
      ["release.created:+2w", created(null, bound("2024-03-01T12:00:00Z", true))],
      ["!release.created:-7d", created(bound("2024-03-08T12:00:00Z", true), null, true)],
    ])("%s", (query, expected) => {
      expect(parseReleaseQuery(query, now)).toEqual(expected);
    });

    it.each([
      ["a word", "yesterday", "yesterday"],
      ["a day that does not exist", ">2024-02-30", "2024-02-30"],
      ["an age with an operator", ">-7d", "-7d"],
      ["an age without a sign", "7d", "7d"],
      ["an age without a unit", "-7", "-7"],
      ["an age of years", "-1y", "-1y"],
      ["an age before the year 1", "-9999999d", "-9999999d"],
      ["a list", "[2024-01-01,2024-01-02]", "[2024-01-01,2024-01-02]"],
      ["an empty text", '""', ""],
    ])("rejects %s and shows valid values", (_name, value, shown) => {
      expect(() => parseReleaseQuery(`release.created:${value}`, now)).toThrow(
        new QueryError(
          `Invalid date after 'release.created:': '${shown}'. Use an ISO 8601 date such as >2024-01-31 or >=2024-01-31T08:00Z, or an age such as -7d or +7d.`,
          "value",
          "release.created",
        ),
      );
    });
  });
});

describe("finalized filter", () => {
  const now = new Date("2024-03-15T12:00:00Z");

  describe("finalized:", () => {
    it.each([
      ["finalized:true", true],
      ["finalized:false", false],
      ['finalized:"true"', true],
      ["!finalized:true", false],
      ["!finalized:false", true],
    ])("%s", (query, value) => {
      expect(parseReleaseQuery(query, now)).toEqual([{ kind: "finalized", value }]);
    });

    it.each(["finalized:wrong_value", "finalized:True", "finalized:1", "finalized:[true]", "finalized:>true", "!finalized:x"])(
      "L21: %s filters nothing",
      (query) => {
        expect(parseReleaseQuery(query, now)).toEqual([]);
      },
    );

    it("requires a value", () => {
      expect(() => parseReleaseQuery("finalized:", now)).toThrow(new QueryError("Empty string after 'finalized:'", "value", "finalized"));
    });
  });
});

describe("package filter", () => {
  const now = new Date("2024-03-15T12:00:00Z");

  describe("release.package:", () => {
    it.each([
      ["release.package:test", false, ["test"]],
      ["!release.package:test", true, ["test"]],
      ["release.package:@scope/x", false, ["@scope/x"]],
      ["release.package:te*", false, ["te*"]],
      ["release.package:>test", false, [">test"]],
      ['release.package:"my app"', false, ["my app"]],
      ['release.package:[test,"my app"]', false, ["test", "my app"]],
      ["!release.package:[a, b]", true, ["a", "b"]],
    ])("%s", (query, negated, values) => {
      expect(parseReleaseQuery(query, now)).toEqual([{ kind: "package", negated, values }]);
    });
  });
});

describe("release filter", () => {
  const now = new Date("2024-03-15T12:00:00Z");

  const release = (form: string, value: string, negated = false) => [{ kind: "release", negated, match: { form, value } }];
  const oneOf = (values: string[], negated = false) => [{ kind: "release", negated, match: { form: "in", values } }];

  describe("release:", () => {
    it.each([
      ["release:foobar", release("exact", "foobar")],
      ["release:foo@1.0+7", release("exact", "foo@1.0+7")],
      ['release:"1.2.1 (123)"', release("exact", "1.2.1 (123)")],
      ['release:"a\\"b"', release("exact", 'a"b')],
      ['release:""', release("exact", "")],
      ["!release:foobar", release("exact", "foobar", true)],
      ["release:foo*", release("prefix", "foo")],
      ["release:*bar", release("suffix", "bar")],
      ["release:*oob*", release("infix", "oob")],
      ["!release:*oob*", release("infix", "oob", true)],
      ['release:"my app 1*"', release("prefix", "my app 1")],
      ["release:f*r", release("exact", "f*r")],
      ["release:f*o*", release("prefix", "f*o")],
      ["release:*", release("prefix", "")],
      ["release:**", release("infix", "")],
      ["release:foo\\*", release("exact", "foo*")],
      ["release:\\*foo*", release("prefix", "*foo")],
      ["release:100%_*", release("prefix", "100%_")],
      ["release:>1.0", release("exact", ">1.0")],
      ["release:!=1.0", release("exact", "!=1.0")],
      ["release:[foobar]", oneOf(["foobar"])],
      ["release:[a,b]", oneOf(["a", "b"])],
      ['!release:[a, "b c",d*]', oneOf(["a", "b c", "d*"], true)],
      ["release:latest", [{ kind: "latest", negated: false }]],
      ["!release:latest", [{ kind: "latest", negated: true }]],
      ["release:latest*", release("prefix", "latest")],
      ["release:Latest", release("exact", "Latest")],
      ["release:[latest]", oneOf(["latest"])],
    ])("%s", (query, expected) => {
      expect(parseReleaseQuery(query, now)).toEqual(expected);
    });
  });
});

describe("stage filter", () => {
  const now = new Date("2024-03-15T12:00:00Z");

  describe("release.stage:", () => {
    it.each([
      ["release.stage:adopted", false, ["adopted"]],
      ["release.stage:low_adoption", false, ["low_adoption"]],
      ["!release.stage:replaced", true, ["replaced"]],
      ["release.stage:[adopted, low_adoption]", false, ["adopted", "low_adoption"]],
      ["!release.stage:[replaced]", true, ["replaced"]],
    ])("%s", (query, negated, values) => {
      expect(parseReleaseQuery(query, now)).toEqual([{ kind: "stage", negated, values }]);
    });

    it.each(["release.stage:x", "release.stage:Adopted", "release.stage:[adopted,x]", "release.stage:>adopted", 'release.stage:""'])(
      "rejects %s",
      (query) => {
        expect(() => parseReleaseQuery(query, now)).toThrow(new QueryError("Unsupported release.stage value.", "value", "release.stage"));
      },
    );

    it("exports the message of the wire for the caller's check of the environment", () => {
      expect(singleEnvironmentMessage).toBe("Choose a single environment to filter by release stage.");
    });
  });
});

describe("version filter", () => {
  const now = new Date("2024-03-15T12:00:00Z");

  const compare = (operator: string, bound: SemverKey, rest: { negated?: boolean; package?: string } = {}) => [
    { kind: "version", negated: false, package: null, match: { form: "compare", operator, bound }, ...rest },
  ];

  const leading = (numbers: number[], rest: { negated?: boolean; package?: string } = {}) => [
    { kind: "version", negated: false, package: null, match: { form: "leading", numbers }, ...rest },
  ];

  describe("release.version:", () => {
    it.each([
      ["release.version:1.2.3", compare("=", [1, 2, 3, 0, 1, ""])],
      ["release.version:>1.2.3", compare(">", [1, 2, 3, 0, 1, ""])],
      ["release.version:>=1.2", compare(">=", [1, 2, 0, 0, 1, ""])],
      ["release.version:<1", compare("<", [1, 0, 0, 0, 1, ""])],
      ["release.version:<=1.2.3.4", compare("<=", [1, 2, 3, 4, 1, ""])],
      ["release.version:!=1.2.3", compare("=", [1, 2, 3, 0, 1, ""], { negated: true })],
      ["!release.version:1.2.3", compare("=", [1, 2, 3, 0, 1, ""], { negated: true })],
      ["!release.version:>1.2.3", compare(">", [1, 2, 3, 0, 1, ""], { negated: true })],
      ["release.version:1.2.3-beta", compare("=", [1, 2, 3, 0, 0, "beta"])],
      ["release.version:>=1.0rc1", compare(">=", [1, 0, 0, 0, 0, "rc1"])],
      ["release.version:1.2.3-", compare("=", [1, 2, 3, 0, 1, ""])],
      ["release.version:1.2.3+4", compare("=", [1, 2, 3, 0, 1, ""])],
      ["release.version:01.02", compare("=", [1, 2, 0, 0, 1, ""])],
      ["release.version:>=test@1.2.3", compare(">=", [1, 2, 3, 0, 1, ""], { package: "test" })],
      ["release.version:@scope@1", compare("=", [1, 0, 0, 0, 1, ""], { package: "@scope" })],
      ['release.version:>"my app@1.0"', compare(">", [1, 0, 0, 0, 1, ""], { package: "my app" })],
      ["release.version:>=202105050906", compare(">=", [202_105_050_906, 0, 0, 0, 1, ""])],
      ["release.version:9007199254740991", compare("=", [Number.MAX_SAFE_INTEGER, 0, 0, 0, 1, ""])],
      ["release.version:1.*", leading([1])],
      ["release.version:1.X", leading([1])],
      ["release.version:1.2.*", leading([1, 2])],
      ["release.version:1.2.3.*", leading([1, 2, 3])],
      ["release.version:1.*.*", leading([1])],
      ["release.version:*", leading([])],
      ["release.version:>=1.2.*", leading([1, 2])],
      ["!release.version:1.2.*", leading([1, 2], { negated: true })],
      ["release.version:test@1.*", leading([1], { package: "test" })],
      ["release.version:test@*", leading([], { package: "test" })],
    ])("%s", (query, expected) => {
      expect(parseReleaseQuery(query, now)).toEqual(expected);
    });

    it.each([
      ["L28", "1.2.hi"],
      ["a word", "hello"],
      ["latest", "latest"],
      ["a prefixed v", "v1.2.3"],
      ["five numbers", "1.2.3.4.5"],
      ["a wildcard after four numbers", "1.2.3.4.*"],
      ["five parts with wildcards", "1.2.3.*.*"],
      ["a number after a wildcard", "1.*.3"],
      ["a wildcard within a number", "1.2*"],
      ["a pre-release of a wildcard", "1.*-a"],
      ["a small x", "1.x"],
      ["a letter after one number", "1a1"],
      ["no version after the package", "test@"],
      ["two packages", "a@b@1.0"],
      ["a text in quotes", '"1.2.3 4"'],
      ["an empty text in quotes", '""'],
      ["a negative number", "-1"],
      ["a slash", "a/b@1.0"],
      ["a number too large for a column", "9007199254740992"],
      ["such a number before a wildcard", "9007199254740992.*"],
      ["more than 200 bytes", `1.0-${"a".repeat(200)}`],
      ["an unclosed bracket", ">[1"],
    ])("rejects %s", (_name, value) => {
      const message = 'Invalid format of semantic version. For searching non-semver releases, use "release:" instead.';
      expect(() => parseReleaseQuery(`release.version:${value}`, now)).toThrow(new QueryError(message, "value", "release.version"));
    });

    it.each(["release.version:[1.2.3,1.2.4]", "!release.version:[1.2.3]"])("rejects the list of %s", (query) => {
      expect(() => parseReleaseQuery(query, now)).toThrow(
        new QueryError("Invalid operation 'IN' for semantic version filter.", "value", "release.version"),
      );
    });

    it("parses the name of every semver release as its stored key", () => {
      const number = fc.oneof(fc.nat(9), fc.maxSafeNat()).map(String);
      const release = fc
        .tuple(fc.array(number, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "-rc1", "-", "-1.x", "+7", "-a+b.c"))
        .map(([numbers, rest]) => `app@${numbers.join(".")}${rest}`)
        // Digits with the length of a hash are not a version in a name, but a number in a query.
        .filter((name) => semverColumns(name).package !== null);
      fc.assert(
        fc.property(release, (name) => {
          const { major, minor, patch, revision, prerelease } = semverColumns(name);
          const bound = [major, minor, patch, revision, prerelease === "" ? 1 : 0, prerelease];
          expect(parseReleaseQuery(`release.version:${name}`, now)).toEqual([
            { kind: "version", negated: false, package: "app", match: { form: "compare", operator: "=", bound } },
          ]);
        }),
        { numRuns: 300 },
      );
    });
  });
});
