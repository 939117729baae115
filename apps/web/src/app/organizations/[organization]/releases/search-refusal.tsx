import type { Addresses } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { addressQuery, type ListAddress } from "./list-address.ts";
import type { ListRefusal } from "./read-list.ts";
import { searchAdvice } from "./search-advice.ts";
import classes from "./search-refusal.module.css";

type SearchRefusalProps = { readonly id: string; readonly to: Addresses; readonly address: ListAddress; readonly refusal: ListRefusal };

/** Why the list could not be shown, and searches that are right. */
export function SearchRefusal({ id, to, address, refusal }: SearchRefusalProps) {
  const { say, examples } = refusal.isSearch ? searchAdvice(refusal.message) : { say: null, examples: [] };
  return (
    <div id={id} role="alert" className={classes["refusal"]}>
      <p>
        {/[.!?]$/.test(refusal.message) ? refusal.message : `${refusal.message}.`} {say}
      </p>
      {examples.length > 0 && (
        <p>
          {examples.length === 1 ? "This would do: " : "These would do: "}
          {examples.map((query) => (
            <PageLink key={query} href={to.releases(addressQuery({ ...address, query }))}>
              <code>{query}</code>
            </PageLink>
          ))}
        </p>
      )}
    </div>
  );
}
