import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReleaseQuery } from "./parse-release-query.ts";
import type { QueryTerm } from "./release-query.ts";

const now = new Date("2024-03-15T12:00:00Z");

/** A term and one way to write it. */
type Written = { query: string; term: QueryTerm };

const escape = (text: string): string => text.replaceAll(/["*\\]/g, "\\$&");
const quote = (text: string): string => `"${escape(text)}"`;
const not = (negated: boolean): string => (negated ? "!" : "");

const anyText = fc
  .string({
    unit: fc.oneof(fc.constantFrom('"', "*", "\\", " ", ",", "]", ":"), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })),
  })
  .filter((text) => !text.includes("\0"));

const texts = fc.array(anyText, { minLength: 1, maxLength: 4 });
const list = (values: readonly string[]): string => `[${values.map(quote).join(", ")}]`;
const comparison = fc.constantFrom(">" as const, ">=" as const, "<" as const, "<=" as const, "=" as const);

const name: fc.Arbitrary<Written> = fc
  .tuple(fc.constantFrom("exact" as const, "prefix" as const, "suffix" as const, "infix" as const), anyText, fc.boolean())
  .filter(([form, value]) => form !== "exact" || value !== "latest")
  .map(([form, value, negated]) => {
    // An empty suffix is a single star, which is parsed as an empty prefix.
    const read = form === "suffix" && value === "" ? "prefix" : form;
    const before = form === "suffix" || form === "infix" ? "*" : "";
    const after = form === "prefix" || form === "infix" ? "*" : "";
    return {
      query: `${not(negated)}release:"${before}${escape(value)}${after}"`,
      term: { kind: "release", negated, match: { form: read, value } },
    };
  });

const names: fc.Arbitrary<Written> = fc.tuple(texts, fc.boolean()).map(([values, negated]) => ({
  query: `${not(negated)}release:${list(values)}`,
  term: { kind: "release", negated, match: { form: "in", values } },
}));

const packages: fc.Arbitrary<Written> = fc.tuple(texts, fc.boolean()).map(([values, negated]) => ({
  query: `${not(negated)}release.package:${list(values)}`,
  term: { kind: "package", negated, values },
}));

const number = fc.oneof(fc.nat(20), fc.maxSafeNat());
const packageName = fc.option(fc.stringMatching(/^@?[a-z][a-z. ]{0,4}[a-z]$/), { nil: null });
const prefix = (owner: string | null): string => (owner === null ? "" : `${owner}@`);

const version: fc.Arbitrary<Written> = fc
  .tuple(comparison, packageName, fc.tuple(number, number, number, number), fc.constantFrom("", "alpha", "rc.1", "x-1"), fc.boolean())
  .map(([operator, owner, numbers, pre, negated]) => ({
    query: `${not(negated)}release.version:${operator}"${prefix(owner)}${numbers.join(".")}${pre === "" ? "" : `-${pre}`}"`,
    term: {
      kind: "version",
      negated,
      package: owner,
      match: { form: "compare", operator, bound: [...numbers, pre === "" ? 1 : 0, pre] },
    },
  }));

const leading: fc.Arbitrary<Written> = fc
  .tuple(packageName, fc.array(number, { maxLength: 3 }), fc.constantFrom("*", "X"), fc.boolean())
  .map(([owner, numbers, star, negated]) => ({
    query: `${not(negated)}release.version:"${prefix(owner)}${[...numbers, star].join(".")}"`,
    term: { kind: "version", negated, package: owner, match: { form: "leading", numbers } },
  }));

const build: fc.Arbitrary<Written> = fc.tuple(comparison, number, fc.boolean()).map(([operator, value, negated]) => ({
  query: `${not(negated)}release.build:${operator}${value}`,
  term: { kind: "build", negated, match: { form: "number", operator, value } },
}));

const created: fc.Arbitrary<Written> = fc
  .tuple(
    fc.constantFrom(">", ">=", "<", "<="),
    fc.date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }),
    fc.boolean(),
  )
  .map(([operator, at, negated]) => {
    const bound = { at, inclusive: operator.endsWith("=") };
    const range = operator.startsWith(">") ? { from: bound, to: null } : { from: null, to: bound };
    return { query: `${not(negated)}release.created:${operator}${at.toISOString()}`, term: { kind: "created", negated, ...range } };
  });

const small: fc.Arbitrary<Written> = fc.constantFrom<Written>(
  { query: "release:latest", term: { kind: "latest", negated: false } },
  { query: "finalized:true", term: { kind: "finalized", value: true } },
  { query: "!release.stage:[adopted]", term: { kind: "stage", negated: true, values: ["adopted"] } },
);

describe("a query written from terms", () => {
  it("is parsed to those terms", () => {
    const term = fc.oneof(name, names, packages, version, leading, build, created, small);
    fc.assert(
      fc.property(fc.array(term, { maxLength: 8 }), (written) => {
        const query = written.map((one) => one.query).join(" ");
        expect(parseReleaseQuery(query, now)).toEqual(written.map((one) => one.term));
      }),
      { numRuns: 500 },
    );
  });
});
