import type { AuthorGroups } from "./author-groups.ts";
import type { MailmapEntry } from "./parse-mailmap.ts";

/** What a file says about the name of one address. */
type Corrections = {
  /** Whatever the name was; the last line counts. */
  always: string | null;
  /** By the name it was, in lower case. */
  readonly named: Map<string, string>;
};

/**
 * Corrects the names of proper addresses that commits gave or that were taken up, but of those in `except`. What is corrected to once is
 * right: a second time changes nothing.
 */
export function correctNames(groups: AuthorGroups, entries: readonly MailmapEntry[], except: ReadonlySet<string>): void {
  const byAddress = new Map<string, Corrections>();
  for (const { name, email, commitName, commitEmail } of entries) {
    if (name === null || except.has(email)) continue;
    const corrections = byAddress.get(email) ?? { always: null, named: new Map<string, string>() };
    if (commitName !== null && email === commitEmail) corrections.named.set(commitName.toLowerCase(), name);
    else corrections.always = name;
    byAddress.set(email, corrections);
  }
  for (const [email, corrections] of byAddress) {
    const stored = groups.nameOf(email);
    const name = correctedName(stored, corrections);
    if (name !== null && name !== stored) groups.rename(email, name);
  }
}

function correctedName(stored: string | null, { always, named }: Corrections): string | null {
  const isRight = stored !== null && [...named.values()].includes(stored);
  const given = stored !== null && (named.has(stored.toLowerCase()) || isRight) ? stored : always;
  return given === null ? null : resolveName(given, named);
}

/** Where corrections of corrections lead to; the name itself where they go in a circle. */
function resolveName(name: string, named: ReadonlyMap<string, string>): string {
  const seen = new Set<string>();
  for (let at = name; !seen.has(at);) {
    seen.add(at);
    const next = named.get(at.toLowerCase());
    if (next === undefined || next === at) return at;
    at = next;
  }
  return name;
}
