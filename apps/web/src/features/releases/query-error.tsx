import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { filtersQuery, type ListFilters } from "./list-filters.ts";
import { QUERY_KEYS } from "./query-keys.ts";
import type { ListError } from "./read-list.ts";
import classes from "./query-error.module.css";

type QueryErrorProps = { readonly id: string; readonly to: OrganizationUrls; readonly filters: ListFilters; readonly error: ListError };

/** Explains why the list could not be shown, with valid example queries. */
export function QueryError({ id, to, filters, error }: QueryErrorProps) {
  const { hint, examples } = error.isQuery ? queryAdvice(error.message) : { hint: null, examples: [] };
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

/** Which refusal is met by which advice; the first that fits. */
const ADVICE: readonly (readonly [RegExp, (found: RegExpExecArray) => QueryAdvice])[] = [
  [/^Invalid key for this search: (.*)$/s, ([, key = ""]) => adviceForKey(key)],
  [
    /^Boolean statements/,
    () => ({
      hint: "Filters are combined with AND. To match one of several values, use a list:",
      examples: ["release:[web@1.0.0,web@1.1.0]", "release.package:[web,api]"],
    }),
  ],
  [/^(?:Empty string after|Invalid list after|Invalid date after) '([\w.-]+):/, ([, key = ""]) => exampleFor(key)],
  [/^Lists should not/, () => ({ hint: null, examples: ["release:[web@1.0.0,web@1.1.0]"] })],
  [/^Invalid quote/, () => ({ hint: null, examples: ['release:"my app@1.0.0"', String.raw`release:a\"b`] })],
  [/semantic version/, () => ({ hint: null, examples: ["release.version:>=1.2", "release.version:1.*", "release:nightly*"] })],
  [/release\.build/, () => exampleFor("release.build")],
  [/release(?:\.| )stage/, () => exampleFor("release.stage")],
];

/** Advice for whoever was refused with this message. */
export function queryAdvice(message: string): QueryAdvice {
  for (const [pattern, advise] of ADVICE) {
    const found = pattern.exec(message);
    if (found) return advise(found);
  }
  return { hint: null, examples: GENERAL };
}

const exampleFor = (key: string): QueryAdvice => {
  const known = QUERY_KEYS.find((one) => one.key === key);
  return { hint: null, examples: known ? [known.example] : GENERAL };
};

function adviceForKey(key: string): QueryAdvice {
  const lower = key.toLowerCase();
  if (["environment", "env", "project", "status", "is"].includes(lower)) {
    return { hint: `Use the filters below the search field instead. Valid keys are ${KEYS}.`, examples: GENERAL.slice(0, 1) };
  }
  const near = QUERY_KEYS.filter((one) => one.key.endsWith(`.${lower}`) || lower.endsWith(`.${one.key}`) || one.key === lower);
  return { hint: `Valid keys are ${KEYS}.`, examples: near.length > 0 ? near.map(({ example }) => example) : GENERAL };
}

const KEYS = QUERY_KEYS.map(({ key }) => key).join(", ");
