import { describe, expect, it } from "vitest";
import { isSearchError, SearchError } from "./search-error.ts";

describe("SearchError", () => {
  it("is an error with its message and name", () => {
    const error = new SearchError("Empty string after 'release:'");
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe("SearchError: Empty string after 'release:'");
    expect(isSearchError(error)).toBe(true);
  });

  it("is told by its brand, so that one of another bundle is known too", () => {
    expect(isSearchError({ [Symbol.for("landfall.SearchError")]: true, message: "x" })).toBe(true);
  });

  it.each([[new Error("x")], [{ name: "SearchError" }], ["SearchError"], [null], [undefined]])("is not %s", (other) => {
    expect(isSearchError(other)).toBe(false);
  });
});
