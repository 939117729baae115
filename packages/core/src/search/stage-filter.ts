import type { ReleaseStage } from "./release-query.ts";
import { QueryError } from "./search-error.ts";
import type { QueryFilter } from "./search-filter.ts";

/**
 * What a list answers when `release.stage` is searched for and not exactly one environment is chosen (contract 15.3). The query alone
 * cannot tell; whoever knows the environments throws it as a `SearchError`.
 */
export const singleEnvironmentMessage = "Choose a single environment to filter by release stage.";

const stages: readonly ReleaseStage[] = ["adopted", "low_adoption", "replaced"];

const stageOf = (text: string): ReleaseStage => {
  const stage = stages.find((name) => name === text);
  if (stage === undefined) throw new QueryError("Unsupported release.stage value.");
  return stage;
};

/** `release.stage:adopted`, `low_adoption` or `replaced`, or a list of them (contract 15.3). */
export const stageFilter: QueryFilter = {
  takesOperator: false,
  term: ({ negated, value }) => ({
    kind: "stage",
    negated,
    values: value.form === "list" ? value.values.map(stageOf) : [stageOf(value.text)],
  }),
};
