import type { Issue } from "@landfall/schema/error";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldIssues } from "./fold-issues.ts";

const at = (...path: Issue["path"]): Issue => ({ path, message: `at ${path.join(".")}` });

/** Folded issues as plain objects, for comparing: the originals have no prototype. */
const plain = (issues: readonly Issue[]): unknown => JSON.parse(JSON.stringify(foldIssues(issues)));

describe("issues take the wire's shape (contract 1.19)", () => {
  test.each<[string, Issue[], unknown]>([
    ["nothing", [], {}],
    ["a field", [at("version")], { version: ["at version"] }],
    ["several fields", [at("version"), at("projects")], { version: ["at version"], projects: ["at projects"] }],
    ["several issues of a field", [at("a"), { path: ["a"], message: "more" }], { a: ["at a", "more"] }],
    ["an element of a list, without its index", [at("commits", 3, "id")], { commits: { id: ["at commits.3.id"] } }],
    [
      "two levels deep",
      [at("commits", 0, "patch_set", 1, "type")],
      { commits: { patch_set: { type: ["at commits.0.patch_set.1.type"] } } },
    ],
    [
      "several members of an element",
      [at("refs", 0, "commit"), at("refs", 0, "repository")],
      { refs: { commit: ["at refs.0.commit"], repository: ["at refs.0.repository"] } },
    ],
    ["an element itself", [at("projects", 0)], { projects: ["at projects.0"] }],
    ["the whole input", [at()], { non_field_errors: ["at "] }],
    ["an element of an input that is a list", [at(0)], { non_field_errors: ["at 0"] }],
    ["a field and then its members: the field is told", [at("a"), at("a", "b")], { a: ["at a"] }],
    ["members and then their field: the members are told", [at("a", "b"), at("a")], { a: { b: ["at a.b"] } }],
    ["a member and deeper", [at("a", "b"), at("a", "b", "c"), at("a", "d")], { a: { b: ["at a.b"], d: ["at a.d"] } }],
  ])("%s", (_, issues, folded) => {
    expect(plain(issues)).toEqual(folded);
  });

  test("names that mean something to objects are names like any other", () => {
    const folded = foldIssues([at("__proto__", "polluted"), at("constructor"), at("a", "__proto__"), at("toString", "x")]);
    expect(Object.keys(folded).toSorted()).toEqual(["__proto__", "a", "constructor", "toString"]);
    expect(JSON.stringify(folded["__proto__"])).toBe('{"polluted":["at __proto__.polluted"]}');
    expect({}).not.toHaveProperty("polluted");
  });

  test("every leaf is a list of texts, and every issue is told unless another one stands in its way", () => {
    const path = fc.array(fc.oneof(fc.constantFrom("a", "b", "__proto__"), fc.nat(2)), { maxLength: 4 });
    const leaves = (value: unknown): unknown[] => (Array.isArray(value) ? value : Object.values(value ?? {}).flatMap(leaves));
    fc.assert(
      fc.property(fc.array(path), (paths) => {
        const issues = paths.map((names, index) => ({ path: names, message: String(index) }));
        const told = leaves(foldIssues(issues));
        expect(told.every((message) => typeof message === "string")).toBe(true);
        expect(new Set(told).size).toBe(told.length);
        if (issues.length > 0) expect(told).toContain("0");
      }),
    );
  });
});
