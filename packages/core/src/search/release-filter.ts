import type { FilterValue } from "./read-value.ts";
import type { ReleaseTerm } from "./release-query.ts";
import type { QueryFilter } from "./search-filter.ts";

const releaseMatch = (value: FilterValue): ReleaseTerm["match"] => {
  if (value.form === "list") return { form: "in", values: value.values };
  const { text, opensWithStar, closesWithStar } = value;
  // A lone star is both the first and the last character, and can only be cut off once.
  if (opensWithStar && closesWithStar && text.length > 1) return { form: "infix", value: text.slice(1, -1) };
  if (closesWithStar) return { form: "prefix", value: text.slice(0, -1) };
  return opensWithStar ? { form: "suffix", value: text.slice(1) } : { form: "exact", value: text };
};

/**
 * `release:X` — the whole version, with case; `X*`, `*X` and `*X*` are prefix, suffix and infix, a star elsewhere or escaped is an
 * ordinary character; `[a,b]` is any of them; `latest` is the latest release of each project (contract 15.3, 13.4).
 */
export const releaseFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) =>
    value.form === "single" && value.text === "latest" ? { kind: "latest", negated } : { kind: "release", negated, match: releaseMatch(value) },
};
