import { authorEmail } from "../commits/author-email.ts";
import type { AuthorGroups } from "./author-groups.ts";
import { correctNames } from "./correct-names.ts";
import type { Mailmap, MailmapEntry, MailmapProblem } from "./parse-mailmap.ts";

export type MailmapResult = {
  /** Addresses of the file that are nobody's. */
  readonly unknown: string[];
  readonly problems: MailmapProblem[];
};

/** The entries with addresses cut as those of commits are. */
export const normalizedEntries = ({ entries }: Mailmap): MailmapEntry[] =>
  entries.map((entry) => ({ ...entry, email: normalizedEmail(entry.email), commitEmail: normalizedEmail(entry.commitEmail) }));

const normalizedEmail = (email: string): string => authorEmail(email, null) ?? email;

/**
 * Does in `groups` what a .mailmap says about addresses that are somebody's: the later of two lines counts. A proper address no commit
 * gave is taken up when one of its other addresses is known. Doing it again changes nothing.
 */
export function applyMailmap(groups: AuthorGroups, entries: readonly MailmapEntry[]): MailmapResult {
  const apart = sharedEmails(entries);
  addProperEmails(groups, entries);
  const unknown = new Set<string>();
  const problems: MailmapProblem[] = [];
  const applied: MailmapEntry[] = [];
  for (const entry of entries) {
    const { line, email, commitEmail } = entry;
    const missing = [email, commitEmail].filter((one) => !groups.knows(one));
    for (const one of missing) unknown.add(one);
    if (missing.includes(commitEmail)) continue;
    const problem = email === commitEmail ? null : applyEntry(groups, entry);
    if (problem === null) applied.push(entry);
    else problems.push({ line, message: problem });
  }
  correctNames(groups, applied, apart);
  return { unknown: [...unknown].toSorted(), problems };
}

/** Addresses the file tells apart by names, as those that many people share: their names are what it goes by, and stay. */
const sharedEmails = (entries: readonly MailmapEntry[]): Set<string> =>
  new Set(entries.flatMap(({ email, commitName, commitEmail }) => (commitName !== null && email !== commitEmail ? [commitEmail] : [])));

/** Takes up proper addresses of known ones, which can make others known in turn. */
function addProperEmails(groups: AuthorGroups, entries: readonly MailmapEntry[]): void {
  const byCommit = Map.groupBy(entries, ({ commitEmail }) => commitEmail);
  const known = [...byCommit.keys()].filter((email) => groups.knows(email));
  for (let next = known.pop(); next !== undefined; next = known.pop()) {
    for (const entry of byCommit.get(next) ?? []) {
      if (groups.knows(entry.email) || !matchesStoredName(groups, entry)) continue;
      groups.add(entry.email);
      known.push(entry.email);
    }
  }
}

/** Whether the line is about what is stored of its address in commits, where it names who wrote them. */
function matchesStoredName(groups: AuthorGroups, { commitName, commitEmail }: MailmapEntry): boolean {
  return commitName === null || groups.nameOf(commitEmail)?.toLowerCase() === commitName.toLowerCase();
}

function applyEntry(groups: AuthorGroups, entry: MailmapEntry): string | null {
  const { email, commitName, commitEmail } = entry;
  if (!matchesStoredName(groups, entry)) return `${commitEmail} is not known here by the name ${commitName}, and only whole addresses can be merged.`;
  if (!groups.join(commitEmail, email)) return `${commitEmail} and ${email} belong to two members, who cannot be merged.`;
  groups.lead(email);
  return null;
}
