import type { Reader } from "@landfall/db/store";
import { versionsWithPart } from "@landfall/db/version-search";
import type { ReleaseQuery, TextTerm } from "../../search/release-query.ts";

/**
 * Up to so many candidates are looked at one by one. A text that more versions contain is met soon enough walking the list in its
 * order, and then no candidates are needed.
 */
const RARE = 2000;

/** For each text of a search that few versions contain, the ids of the releases that may. */
export async function textCandidates(db: Reader, terms: ReleaseQuery): Promise<ReadonlyMap<TextTerm, readonly number[]>> {
  const candidates = new Map<TextTerm, readonly number[]>();
  for (const term of terms) {
    if (term.kind !== "text") continue;
    const ids = await rareIds(db, term);
    if (ids !== null) candidates.set(term, ids);
  }
  return candidates;
}

async function rareIds(db: Reader, { value, alsoContains }: TextTerm): Promise<number[] | null> {
  const found: number[] = [];
  for (const part of alsoContains === null ? [value] : [value, alsoContains]) {
    const ids = await versionsWithPart(db, part, RARE + 1);
    if (ids === null || ids.length > RARE) return null;
    found.push(...ids);
  }
  return found;
}
