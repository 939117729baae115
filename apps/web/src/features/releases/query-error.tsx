import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { filtersQuery, type ListFilters } from "./list-filters.ts";
import { QUERY_KEYS } from "./query-keys.ts";
import type { ListError } from "./read-list.ts";
import classes from "./query-error.module.css";

type QueryErrorProps = { readonly id: string; readonly to: OrganizationUrls; readonly address: ListFilters; readonly refusal: ListError };

/** Why the list could not be shown, and searches that are right. */
export function QueryError({ id, to, address, refusal }: QueryErrorProps) {
  const { say, examples } = refusal.isSearch ? queryAdvice(refusal.message) : { say: null, examples: [] };
  return (
    <div id={id} role="alert" className={classes["refusal"]}>
      <p>
        {/[.!?]$/.test(refusal.message) ? refusal.message : `${refusal.message}.`} {say}
      </p>
      {examples.length > 0 && (
        <p>
          {examples.length === 1 ? "This would do: " : "These would do: "}
          {examples.map((query) => (
            <PageLink key={query} href={to.releases(filtersQuery({ ...address, query }))}>
              <code>{query}</code>
            </PageLink>
          ))}
        </p>
      )}
    </div>
  );
}

/** What to do about a search that was refused: a sentence where one helps, and searches that are right. */
export type QueryAdvice = { readonly say: string | null; readonly examples: readonly string[] };

const GENERAL = ["release.version:>=1.2", "release:web@2.*", "release.created:-7d finalized:true"];

/** Which refusal is met by which advice; the first that fits. */
const ADVICE: readonly (readonly [RegExp, (found: RegExpExecArray) => QueryAdvice])[] = [
  [/^Invalid key for this search: (.*)$/s, ([, key = ""]) => adviceForKey(key)],
  [
    /^Boolean statements/,
    () => ({
      say: "Filters beside each other must all be true. For one of several, write a list:",
      examples: ["release:[web@1.0.0,web@1.1.0]", "release.package:[web,api]"],
    }),
  ],
  [/^(?:Empty string after|Invalid list after|Invalid date after) '([\w.-]+):/, ([, key = ""]) => exampleFor(key)],
  [/^Lists should not/, () => ({ say: null, examples: ["release:[web@1.0.0,web@1.1.0]"] })],
  [/^Invalid quote/, () => ({ say: null, examples: ['release:"my app@1.0.0"', String.raw`release:a\"b`] })],
  [/semantic version/, () => ({ say: null, examples: ["release.version:>=1.2", "release.version:1.*", "release:nightly*"] })],
  [/release\.build/, () => exampleFor("release.build")],
  [/release(?:\.| )stage/, () => exampleFor("release.stage")],
];

/** Advice for whoever was refused with this message. */
export function queryAdvice(message: string): QueryAdvice {
  for (const [pattern, advise] of ADVICE) {
    const found = pattern.exec(message);
    if (found) return advise(found);
  }
  return { say: null, examples: GENERAL };
}

const exampleFor = (key: string): QueryAdvice => {
  const known = QUERY_KEYS.find((one) => one.key === key);
  return { say: null, examples: known ? [known.example] : GENERAL };
};

function adviceForKey(key: string): QueryAdvice {
  const lower = key.toLowerCase();
  if (["environment", "env", "project", "status", "is"].includes(lower)) {
    return { say: `Choose it in the filters below the box. Keys of the search are ${KEYS}.`, examples: GENERAL.slice(0, 1) };
  }
  const near = QUERY_KEYS.filter((one) => one.key.endsWith(`.${lower}`) || lower.endsWith(`.${one.key}`) || one.key === lower);
  return { say: `Keys are ${KEYS}.`, examples: near.length > 0 ? near.map(({ example }) => example) : GENERAL };
}

const KEYS = QUERY_KEYS.map(({ key }) => key).join(", ");
