import type { QueryFilter } from "./search-filter.ts";

/** `finalized:true` or `finalized:false`; any other value filters nothing and is no error (contract 15.3). */
export const finalizedFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) => {
    if (value.form === "list" || (value.text !== "true" && value.text !== "false")) return null;
    return { kind: "finalized", value: (value.text === "true") !== negated };
  },
};
