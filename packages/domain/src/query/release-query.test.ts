import { describe, expect, it } from "vitest";
import { isQueryError, QueryError } from "./release-query.ts";

describe("SearchError", () => {
  it("is an error with its message and name", () => {
    const error = new QueryError("Empty string after 'release:'");
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe("SearchError: Empty string after 'release:'");
    expect(isQueryError(error)).toBe(true);
  });

  it("is told by its brand, so that one of another bundle is known too", () => {
    expect(isQueryError({ [Symbol.for("landfall.SearchError")]: true, message: "x" })).toBe(true);
  });

  it.each([[new Error("x")], [{ name: "SearchError" }], ["SearchError"], [null], [undefined]])("is not %s", (other) => {
    expect(isQueryError(other)).toBe(false);
  });
});
