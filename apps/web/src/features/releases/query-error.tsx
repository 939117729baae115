import type { QueryError as QueryErrorType } from "@landfall/domain/query/release-query";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { filtersQuery, type ListFilters } from "./list-filters.ts";
import { QUERY_KEYS } from "./query-completions.ts";
import type { ListError } from "./read-list.ts";
import classes from "./query-error.module.css";

type QueryErrorProps = { readonly id: string; readonly to: OrganizationUrls; readonly filters: ListFilters; readonly error: ListError };

/** Explains why the list could not be shown, with valid example queries. */
export function QueryError({ id, to, filters, error }: QueryErrorProps) {
  const { hint, examples } = error.problem ? queryAdvice(error.problem) : { hint: null, examples: [] };
  return (
    <div id={id} role="alert" className={classes["error"]}>
      <p>
        {/[.!?]$/.test(error.message) ? error.message : `${error.message}.`} {hint}
      </p>
      {examples.length > 0 && (
        <p>
          {examples.length === 1 ? "Example: " : "Examples: "}
          {examples.map((query) => (
            <PageLink key={query} href={to.releases(filtersQuery({ ...filters, query }))}>
              <code>{query}</code>
            </PageLink>
          ))}
        </p>
      )}
    </div>
  );
}

/** How to fix an invalid query: an optional hint, and valid examples. */
export type QueryAdvice = { readonly hint: string | null; readonly examples: readonly string[] };

const GENERAL = ["release.version:>=1.2", "release:web@2.*", "release.created:-7d finalized:true"];

/** What is wrong with a query. */
export type QueryProblem = Pick<QueryErrorType, "reason" | "key">;

/** Returns how to fix an invalid query. */
export function queryAdvice({ reason, key }: QueryProblem): QueryAdvice {
  switch (reason) {
    case "unknown_key":
      return adviceForKey(key ?? "");
    case "boolean_operator":
      return {
        hint: "Filters are combined with AND. To match one of several values, use a list:",
        examples: ["release:[web@1.0.0,web@1.1.0]", "release.package:[web,api]"],
      };
    case "empty_list_value":
      return { hint: null, examples: ["release:[web@1.0.0,web@1.1.0]"] };
    case "quote":
      return { hint: null, examples: ['release:"my app@1.0.0"', String.raw`release:a\"b`] };
    case "value":
      return { hint: null, examples: examplesFor(key) };
    case "characters":
    case "date_range":
    case "too_long":
    case "too_many_filters":
      return { hint: null, examples: GENERAL };
  }
}

function examplesFor(key: string | null): readonly string[] {
  if (key === "release.version") return ["release.version:>=1.2", "release.version:1.*", "release:nightly*"];
  const known = QUERY_KEYS.find((one) => one.key === key);
  return known ? [known.example] : GENERAL;
}

function adviceForKey(key: string): QueryAdvice {
  const lower = key.toLowerCase();
  if (["environment", "env", "project", "status", "is"].includes(lower)) {
    return { hint: `Use the filters below the search field instead. Valid keys are ${KEYS}.`, examples: GENERAL.slice(0, 1) };
  }
  const near = QUERY_KEYS.filter((one) => one.key.endsWith(`.${lower}`) || lower.endsWith(`.${one.key}`) || one.key === lower);
  return { hint: `Valid keys are ${KEYS}.`, examples: near.length > 0 ? near.map(({ example }) => example) : GENERAL };
}

const KEYS = QUERY_KEYS.map(({ key }) => key).join(", ");
