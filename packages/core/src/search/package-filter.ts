import type { QueryFilter } from "./search-filter.ts";

/** `release.package:X` — semver releases of exactly that package, or of any in `[a,b]`; stars are ordinary characters (contract 15.3). */
export const packageFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) => ({ kind: "package", negated, values: value.form === "list" ? value.values : [value.text] }),
};
