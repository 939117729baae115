import { safeInteger } from "../versions/safe-integer.ts";
import { QueryError } from "./search-error.ts";
import type { QueryFilter } from "./search-filter.ts";

/**
 * `release.build:` — digits compare the build number with the operator; any other text is compared with the build code, as a prefix
 * when it ends in a star or is empty, else whole, and the operator does not count (contract 15.3). Digits above 2^53 - 1 are text
 * too, because the stored build number of such a release is null and its build code is not.
 */
export const buildFilter: QueryFilter = {
  takesOperator: true,
  term: ({ negated, operator, value }) => {
    if (value.form === "list") {
      throw new QueryError("release.build takes one value, not a list: use a number with an operator, a build code, or a prefix and *.");
    }
    const { text, closesWithStar } = value;
    const number = /^[0-9]+$/.test(text) ? safeInteger(text) : null;
    if (number !== null) return { kind: "build", negated, match: { form: "number", operator, value: number } };
    const isPrefix = closesWithStar || text === "";
    const code = closesWithStar ? text.slice(0, -1) : text;
    return { kind: "build", negated, match: { form: isPrefix ? "prefix" : "exact", value: code } };
  },
};
