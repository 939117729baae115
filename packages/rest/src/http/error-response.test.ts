import { AppError, forbidden, invalidField, notFound, outOfReach, unauthenticated } from "@landfall/core/kernel/app-error";
import { ERROR_CODES, type Issue } from "@landfall/schema/error";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorResponse, foldIssues } from "./error-response.ts";

const issues = [
  { path: ["version"], message: "This field is required." },
  { path: ["commits", 0, "id"], message: "This field may not be null." },
];

describe("an error that the caller may see", () => {
  test.each([
    ["invalid", 400],
    ["unauthenticated", 401],
    ["forbidden", 403],
    ["not_found", 404],
    ["conflict", 409],
    ["too_large", 413],
    ["unsupported_media_type", 415],
    ["rate_limited", 429],
    ["unavailable", 503],
    ["storage_full", 507],
  ] as const)("%s is %d", (code, status) => {
    expect(errorResponse(new AppError(code, "no"), { namesFields: true })).toMatchObject({ status, body: { detail: "no" } });
  });

  test("has its own status for every code", () => {
    const statuses = ERROR_CODES.map((code) => errorResponse(new AppError(code, "no"), { namesFields: true }).status);
    expect(new Set(statuses).size).toBe(ERROR_CODES.length);
  });

  test("has the body that the contract prescribes, which may differ from the error itself", () => {
    expect(errorResponse(outOfReach("No project."), { namesFields: true })).toEqual({
      status: 403,
      body: { detail: forbidden("Not allowed.").message },
    });
    expect(errorResponse(outOfReach("No project."), { namesFields: true, isRest: false })).toEqual(
      errorResponse(notFound("No project."), { namesFields: true }),
    );
  });

  test("lists the fields of a body (contract 1.19)", () => {
    const body = { version: ["This field is required."], commits: { id: ["This field may not be null."] } };
    expect(JSON.parse(JSON.stringify(errorResponse(new AppError("invalid", "no", { issues }), { namesFields: true })))).toEqual({
      status: 400,
      body,
    });
  });

  test("has only the first problem of a query, as text", () => {
    expect(errorResponse(new AppError("invalid", "no", { issues }))).toEqual({
      status: 400,
      body: { detail: "This field is required." },
    });
    expect(errorResponse(invalidField("sort", "invalid sort"))).toEqual({ status: 400, body: { detail: "invalid sort" } });
  });

  test.each([
    ["parameter-validation-error", { detail: { code: "parameter-validation-error", message: "no", extra: { context: "" } } }],
    ["team_exists", { non_field_errors: ["no"], detail: "no" }],
    ["validation", { error_type: "validation" }],
    ["empty", undefined],
    ["unheard_of", { detail: "no" }],
  ])("has for the reason %s the body %j", (reason, body) => {
    expect(errorResponse(new AppError("conflict", "no", { reason }), { namesFields: true })).toEqual({ status: 409, body });
  });

  test("has a body with the single key `detail`, which is all that clients read (clients §1.2)", () => {
    for (const error of [notFound("No project."), forbidden("Not allowed."), unauthenticated(), new AppError("conflict", "no")]) {
      expect(errorResponse(error, { namesFields: true }).body).toEqual({ detail: error.message });
    }
  });

  test("asks for credentials only if there are none (contract 1.20)", () => {
    expect(errorResponse(unauthenticated()).headers).toEqual({ "WWW-Authenticate": 'xBasic realm="api"' });
    expect(errorResponse(forbidden("Not allowed.")).headers).toBeUndefined();
  });
});

describe("a failure of the database or a disk", () => {
  const coded = (code: string) => Object.assign(new Error("/data/landfall.db: secret"), { code });

  test.each([
    ["SQLITE_FULL", 507, "60"],
    ["SQLITE_BUSY", 503, "2"],
    ["SQLITE_READONLY", 503, "30"],
    ["SQLITE_IOERR_READ", 503, "30"],
  ])("%s is %d with Retry-After %s and without the cause", (code, status, seconds) => {
    const response = errorResponse(new Error("Failed query", { cause: coded(code) }), { namesFields: true });
    expect(response).toMatchObject({ status, headers: { "Retry-After": seconds } });
    expect(JSON.stringify(response)).not.toContain("secret");
  });

  test("a damaged database is not retryable", () => {
    expect(errorResponse(coded("SQLITE_CORRUPT"), { namesFields: true })).toEqual({ status: 500, body: { detail: "Internal Error" } });
  });
});

test.each([new Error("no"), new TypeError("no"), { code: "invalid", message: "no", issues: [] }, "no", null, undefined])(
  "any other error, such as %o, is a bug and reveals nothing",
  (error) => {
    expect(errorResponse(error, { namesFields: true })).toEqual({ status: 500, body: { detail: "Internal Error" } });
  },
);

const at = (...path: Issue["path"]): Issue => ({ path, message: `at ${path.join(".")}` });

/** Folded issues as plain objects, for comparison: the originals have no prototype. */
const plain = (issues: readonly Issue[]): unknown => JSON.parse(JSON.stringify(foldIssues(issues)));

describe("issues in the form of the REST API (contract 1.19)", () => {
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
    ["a field and then its members: the field wins", [at("a"), at("a", "b")], { a: ["at a"] }],
    ["members and then their field: the members win", [at("a", "b"), at("a")], { a: { b: ["at a.b"] } }],
    ["a member and deeper", [at("a", "b"), at("a", "b", "c"), at("a", "d")], { a: { b: ["at a.b"], d: ["at a.d"] } }],
  ])("%s", (_, issues, folded) => {
    expect(plain(issues)).toEqual(folded);
  });

  test("keys of Object.prototype are ordinary names", () => {
    const folded = foldIssues([at("__proto__", "polluted"), at("constructor"), at("a", "__proto__"), at("toString", "x")]);
    expect(Object.keys(folded).toSorted()).toEqual(["__proto__", "a", "constructor", "toString"]);
    expect(JSON.stringify(folded["__proto__"])).toBe('{"polluted":["at __proto__.polluted"]}');
    expect({}).not.toHaveProperty("polluted");
  });

  test("every leaf is a list of texts, and every issue is included unless another one excludes it", () => {
    const path = fc.array(fc.oneof(fc.constantFrom("a", "b", "__proto__"), fc.nat(2)), { maxLength: 4 });
    const leaves = (value: unknown): unknown[] => (Array.isArray(value) ? value : Object.values(value ?? {}).flatMap(leaves));
    fc.assert(
      fc.property(fc.array(path), (paths) => {
        const issues = paths.map((names, index) => ({ path: names, message: String(index) }));
        const messages = leaves(foldIssues(issues));
        expect(messages.every((message) => typeof message === "string")).toBe(true);
        expect(new Set(messages).size).toBe(messages.length);
        if (issues.length > 0) expect(messages).toContain("0");
      }),
    );
  });
});
