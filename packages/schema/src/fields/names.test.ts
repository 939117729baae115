import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { list } from "./composites.ts";
import { issuesOf } from "./issues-of.ts";
import {
  commitReference,
  emailAddress,
  environmentName,
  isValidEnvironmentName,
  isValidSlug,
  isValidVersion,
  projectReference,
  releaseVersion,
  slug,
  splitRange,
} from "./names.ts";
import { pythonStrip } from "./python.ts";

describe("slug", () => {
  it.each(["pump-station", "a", "1a", "_", "-", "a_b-1", "x".repeat(50)])("accepts %s", (text) => {
    expect(slug().parse(text)).toBe(text);
  });

  it("trims the slug", () => {
    expect(slug().parse(" acme ")).toBe("acme");
  });

  it.each(["12", "Acme", "a b", "a/b", "é", "a.b", "٣a"])("rejects %j with a description of valid slugs", (text) => {
    const [message] = issuesOf(slug(), text)[""] ?? [];
    expect(message).toContain("lower-case letters, digits, hyphens and underscores");
    expect(message).toContain("not a digit");
  });

  it.each([
    [undefined, "This field is required."],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    ["x".repeat(51), "Ensure this field has no more than 50 characters."],
  ])("rejects %j with %j", (value, message) => {
    expect(issuesOf(slug(), value)).toEqual({ "": [message] });
  });

  it("accepts only slugs that cannot be ids", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."az09-_A ."), maxLength: 6 }), (text) => {
        const result = slug().safeParse(text);
        if (!result.success) return;
        expect(result.data).toMatch(/^[a-z0-9_-]{1,50}$/);
        expect(result.data).toMatch(/[^0-9]/);
        expect(isValidSlug(result.data)).toBe(true);
      }),
    );
  });
});

const a64 = "a".repeat(64);
const b64 = "b".repeat(64);
const ENDS = "Commit cannot begin or end with ..";
const SINGLE = "Commit too long - max is 64 chars";
const SIDES = "Start or end commit too long - max is 64 chars each";

describe("commitReference", () => {
  it.each([a64, "a", "a..b", `${a64}..${b64}`, "a...b", "😀".repeat(64), "a.b", "."])("keeps %j", (reference) => {
    expect(commitReference().parse(reference)).toBe(reference);
  });

  it.each([
    [undefined, "This field is required."],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    [[], "Not a valid string."],
    ["a..", ENDS],
    ["..a", ENDS],
    ["..", ENDS],
    [`..${b64}`, ENDS],
    [`${a64}..`, ENDS],
    [`..${b64}b`, ENDS],
    ["a..b..c", ENDS],
    ["a....b", ENDS],
    [`${a64}a`, SINGLE],
    [`${a64}a..b`, SIDES],
    [`a..${b64}b`, SIDES],
    ["\u0000", "Null characters are not allowed."],
  ])("rejects %j with %j", (reference, message) => {
    expect(issuesOf(commitReference(), reference)).toEqual({ "": [message] });
  });

  it("trims the reference", () => {
    expect(commitReference().parse(" a..b ")).toBe("a..b");
  });
});

describe("splitRange", () => {
  it.each([
    ["a", { commit: "a", previousCommit: null }],
    ["a..b", { commit: "b", previousCommit: "a" }],
    ["a...b", { commit: ".b", previousCommit: "a" }],
    ["a.b", { commit: "a.b", previousCommit: null }],
  ])("splits %s", (reference, range) => {
    expect(splitRange(reference)).toEqual(range);
  });

  it("returns non-empty ends within the limit for every accepted value, and loses no characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", ".", "..", "b".repeat(63)), maxLength: 6 }), (text) => {
        const result = commitReference().safeParse(text);
        if (!result.success) return;
        const { commit, previousCommit } = splitRange(result.data);
        for (const end of [commit, previousCommit ?? commit]) expect(end.length).toBeGreaterThan(0);
        for (const end of [commit, previousCommit ?? commit]) expect(end.length).toBeLessThanOrEqual(64);
        expect(previousCommit === null ? commit : `${previousCommit}..${commit}`).toBe(text);
      }),
    );
  });
});

it.each(["ada@acme.test", "admin@localhost", "a+b@x.y", " ada@acme.test "])("accepts %j", (text) => {
  expect(emailAddress().parse(text)).toBe(text.trim());
});

it.each([
  ["ada", "Enter a valid email address."],
  ["ada@", "Enter a valid email address."],
  ["@acme.test", "Enter a valid email address."],
  ["a b@acme.test", "Enter a valid email address."],
  ["a@b@c", "Enter a valid email address."],
  ["", "This field may not be blank."],
  [`${"a".repeat(250)}@x.yz`, "Ensure this field has no more than 254 characters."],
])("rejects %j", (text, message) => {
  expect(
    emailAddress()
      .safeParse(text)
      .error?.issues.map((issue) => issue.message),
  ).toEqual([message]);
});

describe("environmentName", () => {
  it.each([
    ["production", "production"],
    ["  staging ", "staging"],
    ["production\n", "production"],
    [".", "."],
    ["..", ".."],
    ["none", "none"],
    ["a b.c", "a b.c"],
    ["a\tb\\c", "a\tb\\c"],
    ["x".repeat(64), "x".repeat(64)],
    [1, "1"],
  ])("reads %j as %j", (value, name) => {
    expect(environmentName().parse(value)).toBe(name);
  });

  it.each([
    [undefined, "This field is required."],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    [" \n ", "This field may not be blank."],
    ["bad/name", "Invalid value for environment"],
    ["a\nb", "Invalid value for environment"],
    ["a\rb", "Invalid value for environment"],
    ["a\fb", "Invalid value for environment"],
    ["x".repeat(65), "Ensure this field has no more than 64 characters."],
    [`${"x".repeat(64)}/`, "Ensure this field has no more than 64 characters."],
    [{}, "Not a valid string."],
  ])("rejects %j with %j", (value, message) => {
    expect(issuesOf(environmentName(), value)).toEqual({ "": [message] });
  });

  it("accepts only valid names, which stay the same when read again", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "/", "\n", "\r", "\f", " ", "😀"), maxLength: 70 }), (value) => {
        const result = environmentName().safeParse(value);
        if (!result.success) return;
        expect(isValidEnvironmentName(result.data)).toBe(true);
        expect(result.data).toMatch(/^[^\r\n\f/]+$/);
        expect(environmentName().parse(result.data)).toBe(result.data);
      }),
    );
  });
});

describe("projectReference", () => {
  it.each([
    ["pump-station", "pump-station"],
    ["12", "12"],
    ["", ""],
    [" x ", " x "],
    [12, 12],
    [null, null],
    [undefined, null],
    [{}, null],
    [["a"], null],
    [true, null],
    [1.5, null],
    [2 ** 53, null],
    ["a\u0000b", null],
    ["\ud800", null],
  ])("reads %j as %j", (value, reference) => {
    expect(projectReference().parse(value)).toBe(reference);
  });

  it("accepts invalid references in a list, which the caller rejects together", () => {
    expect(list(projectReference()).parse(["a", null, {}, 3])).toEqual(["a", null, null, 3]);
  });

  it("accepts any value", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(["string", "number", "object"]).toContain(typeof projectReference().parse(value));
      }),
    );
  });
});

const notAllowed = (version: string) => `Release with name ${version} is not allowed`;

describe("releaseVersion", () => {
  it.each([
    "1.2.3+dev",
    "1.2.1 (123)",
    "1.0 beta",
    "a".repeat(40),
    " 1.0 ",
    "2.0rc2",
    "org.example.FooApp@1.0rc1+20200101100",
    "latest-1",
    "...",
    "x".repeat(200),
    "😀".repeat(200),
    "\u000b1",
    "1\u007f",
    "a\u2028b",
    "\u200b",
    "\ufeff",
    "hello world",
    "stats",
  ])("keeps %j exactly as sent", (version) => {
    expect(releaseVersion().parse(version)).toBe(version);
  });

  it.each([
    [undefined, "This field is required."],
    [null, "This field may not be null."],
    ["", "This field may not be blank."],
    ["   ", "Release with name     is not allowed"],
    [".", "Release with name . is not allowed"],
    ["..", "Release with name .. is not allowed"],
    [" .. ", notAllowed(" .. ")],
    ["latest", "Release with name latest is not allowed"],
    ["LATEST", "Release with name LATEST is not allowed"],
    ["Latest", notAllowed("Latest")],
    [" latest ", notAllowed(" latest ")],
    ["\u00a0\u2028", notAllowed("\u00a0\u2028")],
    ["a/b", "Release with name a/b is not allowed"],
    ["a\\b", "Release with name a\\b is not allowed"],
    ["1.2.3\n", notAllowed("1.2.3\n")],
    ["\n1", notAllowed("\n1")],
    ["1.\n2", notAllowed("1.\n2")],
    ["\f", notAllowed("\f")],
    ["1.2.3\f", notAllowed("1.2.3\f")],
    ["\t", notAllowed("\t")],
    ["1.2.3\t", notAllowed("1.2.3\t")],
    ["\r", notAllowed("\r")],
    ["1\u0000", "Null characters are not allowed."],
    ["1/\u0000", "Null characters are not allowed."],
    ["\ud800", "Surrogate characters are not allowed: U+D800."],
    ["x".repeat(201), "Ensure this field has no more than 200 characters."],
    ["😀".repeat(201), "Ensure this field has no more than 200 characters."],
    [true, "Not a valid string."],
    [[], "Not a valid string."],
    [{}, "Not a valid string."],
  ])("rejects %j with %j", (version, message) => {
    expect(issuesOf(releaseVersion(), version)).toEqual({ "": [message] });
  });

  it.each([
    [1, "1"],
    [1.5, "1.5"],
  ])("writes the number %s as %j", (version, text) => {
    expect(releaseVersion().parse(version)).toBe(text);
  });

  it("never throws, and accepts only valid versions, unchanged", () => {
    const near = fc.string({ unit: fc.constantFrom("latest", ".", " ", "/", "\\", "\n", "\u00a0", "1", "LaTeSt"), maxLength: 4 });
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: "binary" })), (version) => {
        const result = releaseVersion().safeParse(version);
        if (!result.success) return;
        expect(result.data).toBe(version);
        expect(isValidVersion(version)).toBe(true);
        expect(version).not.toMatch(/[\r\n\f\t/\\]/);
        expect(["", ".", "..", "latest"]).not.toContain(pythonStrip(version).toLowerCase());
      }),
    );
  });
});
