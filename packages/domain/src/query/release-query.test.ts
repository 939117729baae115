import { describe, expect, it } from "vitest";
import { isQueryError, QueryError } from "./release-query.ts";

describe("QueryError", () => {
  it("is an error with its message and name", () => {
    const error = new QueryError("Empty string after 'release:'", "value", "release");
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe("QueryError: Empty string after 'release:'");
    expect(isQueryError(error)).toBe(true);
    expect(error).toMatchObject({ reason: "value", key: "release" });
  });

  it("is recognized by its brand, also from another bundle", () => {
    expect(isQueryError({ [Symbol.for("landfall.QueryError")]: true, message: "x" })).toBe(true);
  });

  it.each([[new Error("x")], [{ name: "QueryError" }], ["QueryError"], [null], [undefined]])("is not %s", (other) => {
    expect(isQueryError(other)).toBe(false);
  });
});
