import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { filtersQuery, type ListFilters } from "./list-address.ts";
import type { ListError } from "./read-list.ts";
import { queryAdvice } from "./search-advice.ts";
import classes from "./search-refusal.module.css";

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
