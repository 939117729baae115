/** An author email of commits. `mergedInto` is the id of the main email of the same contributor, or null. */
export type StoredAuthor = {
  readonly id: number;
  readonly mergedInto: number | null;
  readonly name: string | null;
  readonly email: string;
};

/** The id of the main email of an author: its own if the email is not merged. */
export const mainAuthorId = ({ id, mergedInto }: Pick<StoredAuthor, "id" | "mergedInto">): number => mergedInto ?? id;

/** The stored values of an email: the main email it is merged into, or null, and the name that commits gave. */
type AuthorFacts = { readonly into: string | null; readonly name: string | null };

/** An email to insert (`before` is null) or to update. */
export type AuthorChange = { readonly email: string; readonly before: AuthorFacts | null; readonly after: AuthorFacts };

/** `owned`: the emails of the group that belong to members. */
type Group = { main: string; readonly emails: Set<string>; readonly owned: Set<string> };

/**
 * The groups of emails that belong to one contributor each, as stored and with changes that are not stored yet. A group has one main
 * email, into which all others are merged. If emails of a group belong to a member, the main email is one of them.
 */
export class AuthorGroups {
  readonly #stored = new Map<string, StoredAuthor>();
  readonly #groups = new Map<string, Group>();
  readonly #names = new Map<string, string>();
  readonly #before = new Map<string, string | null>();
  readonly #owners: ReadonlyMap<string, number>;

  /** `rows` must include every row they are merged with. `owners` has the ids of members by email. */
  constructor(rows: readonly StoredAuthor[], owners: ReadonlyMap<string, number>) {
    this.#owners = owners;
    const emails = new Map(rows.map(({ id, email }) => [id, email]));
    for (const [mainId, merged] of Map.groupBy(rows, mainAuthorId)) {
      const members = merged.map(({ email }) => email);
      this.#group(emails.get(mainId) ?? members[0] ?? "", members);
    }
    for (const row of rows) {
      this.#stored.set(row.email, row);
      this.#before.set(row.email, row.mergedInto === null ? null : (emails.get(row.mergedInto) ?? null));
    }
  }

  /** Returns whether commits have this email, or it was added. */
  has = (email: string): boolean => this.#groups.has(email);

  /** Returns whether commits or a member have this email, or it was added. */
  isKnown = (email: string): boolean => this.has(email) || this.#owners.has(email);

  /** Returns the main email of the group: the email itself if it is not merged. */
  mainOf = (email: string): string => this.#groups.get(email)?.main ?? email;

  /** Returns the other emails of the group. */
  othersOf = (email: string): string[] => [...(this.#groups.get(email)?.emails ?? [])].filter((other) => other !== email);

  /** Returns the stored name, which commits gave. */
  nameOf = (email: string): string | null => this.#stored.get(email)?.name ?? null;

  /** Adds an email that no commit has. */
  add(email: string): void {
    if (!this.has(email)) this.#group(email, [email]);
  }

  /**
   * Merges the groups of two emails; the main email is that of `into`, unless a member's email takes precedence. Returns false and changes
   * nothing if they belong to two members.
   */
  join(email: string, into: string): boolean {
    this.add(email);
    this.add(into);
    const [source, target] = [this.#groups.get(email), this.#groups.get(into)];
    if (!source || !target || source === target) return true;
    const [sourceMembers, targetMembers] = [this.#membersOf(source), this.#membersOf(target)];
    if (sourceMembers.size > 0 && targetMembers.size > 0 && sourceMembers.union(targetMembers).size > 1) return false;
    // The smaller group is moved, so that merging many emails takes linear time.
    const [small, large] = source.emails.size < target.emails.size ? [source, target] : [target, source];
    large.main = target.main;
    for (const moved of small.emails) {
      large.emails.add(moved);
      if (small.owned.has(moved)) large.owned.add(moved);
      this.#groups.set(moved, large);
    }
    this.makeMain(target.main);
    return true;
  }

  /** Makes an email the main one of its group. If only other emails of the group belong to a member, the first of those is used instead. */
  makeMain(email: string): void {
    const group = this.#groups.get(email);
    if (!group) return;
    const [first] = [...group.owned].toSorted();
    group.main = first === undefined || group.owned.has(email) ? email : first;
  }

  /** Removes an email from its group. If it was the main one, the others are merged into a member's email, else into the first stored. */
  separate(email: string): void {
    const group = this.#groups.get(email);
    if (!group || group.emails.size < 2) return;
    group.emails.delete(email);
    group.owned.delete(email);
    this.#group(email, [email]);
    const [next] = [...group.emails].toSorted((a, b) => this.#idOf(a) - this.#idOf(b));
    if (next !== undefined && group.main === email) this.makeMain(next);
  }

  /** Changes the name of an email. */
  rename(email: string, name: string): void {
    if (this.has(email)) this.#names.set(email, name);
  }

  /** Returns what differs from the stored rows, ordered by email. */
  changes(): AuthorChange[] {
    const all = [...this.#groups].map(([email, { main }]): AuthorChange => {
      const stored = this.#stored.get(email);
      const before = stored ? { into: this.#before.get(email) ?? null, name: stored.name } : null;
      return { email, before, after: { into: main === email ? null : main, name: this.#names.get(email) ?? stored?.name ?? null } };
    });
    const changed = all.filter(({ before, after }) => before === null || before.into !== after.into || before.name !== after.name);
    return changed.toSorted((a, b) => (a.email < b.email ? -1 : 1));
  }

  #group(main: string, members: readonly string[]): void {
    const group = { main, emails: new Set(members), owned: new Set(members.filter((email) => this.#owners.has(email))) };
    for (const email of members) this.#groups.set(email, group);
  }

  #membersOf({ owned }: Group): Set<number> {
    return new Set([...owned].flatMap((email) => this.#owners.get(email) ?? []));
  }

  #idOf(email: string): number {
    return this.#stored.get(email)?.id ?? Number.MAX_SAFE_INTEGER;
  }
}
