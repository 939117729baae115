/** An author address of commits. `mergedInto` is the id of the main address of the same person, or null. */
export type StoredAuthor = {
  readonly id: number;
  readonly mergedInto: number | null;
  readonly name: string | null;
  readonly email: string;
};

/** What is stored of an address: whose other one it is (null for its own), and the name commits gave. */
type AuthorFacts = { readonly into: string | null; readonly name: string | null };

/** An address that is to be stored anew (`before` is null) or otherwise. */
export type AuthorChange = { readonly email: string; readonly before: AuthorFacts | null; readonly after: AuthorFacts };

/** `owned`: those of the addresses that are members'. */
type Group = { main: string; readonly emails: Set<string>; readonly owned: Set<string> };

/**
 * Which addresses are one person's, as it is and as it is to be: nothing is stored by what is done here. A group has one main address,
 * into which all others are merged. Where a member has an address in a group, the main one is a member's.
 */
export class AuthorGroups {
  readonly #stored = new Map<string, StoredAuthor>();
  readonly #groups = new Map<string, Group>();
  readonly #names = new Map<string, string>();
  readonly #before = new Map<string, string | null>();
  readonly #owners: ReadonlyMap<string, number>;

  /** `rows` with everything they are merged with; `owners` tells members' ids by their addresses. */
  constructor(rows: readonly StoredAuthor[], owners: ReadonlyMap<string, number>) {
    this.#owners = owners;
    const emails = new Map(rows.map(({ id, email }) => [id, email]));
    for (const [mainId, merged] of Map.groupBy(rows, (row) => row.mergedInto ?? row.id)) {
      const members = merged.map(({ email }) => email);
      this.#group(emails.get(mainId) ?? members[0] ?? "", members);
    }
    for (const row of rows) {
      this.#stored.set(row.email, row);
      this.#before.set(row.email, row.mergedInto === null ? null : (emails.get(row.mergedInto) ?? null));
    }
  }

  /** Whether commits gave this address, or it was added. */
  has = (email: string): boolean => this.#groups.has(email);

  /** Whether it is anybody's: commits gave it, or it is a member's. */
  knows = (email: string): boolean => this.has(email) || this.#owners.has(email);

  /** The address into which this one is merged: itself for its own. */
  mainOf = (email: string): string => this.#groups.get(email)?.main ?? email;

  /** The addresses that are merged with this one, without itself. */
  othersOf = (email: string): string[] => [...(this.#groups.get(email)?.emails ?? [])].filter((other) => other !== email);

  /** The name commits gave. */
  nameOf = (email: string): string | null => this.#stored.get(email)?.name ?? null;

  /** Takes up an address no commit gave. */
  add(email: string): void {
    if (!this.has(email)) this.#group(email, [email]);
  }

  /** Makes two addresses one person's, who keeps the main address of `into`. False, and nothing is done, when they are of two members. */
  join(email: string, into: string): boolean {
    this.add(email);
    this.add(into);
    const [from, kept] = [this.#groups.get(email), this.#groups.get(into)];
    if (!from || !kept || from === kept) return true;
    const [some, others] = [this.#membersOf(from), this.#membersOf(kept)];
    if (some.size > 0 && others.size > 0 && some.union(others).size > 1) return false;
    const [small, large] = from.emails.size < kept.emails.size ? [from, kept] : [kept, from];
    large.main = kept.main;
    for (const moved of small.emails) {
      large.emails.add(moved);
      if (small.owned.has(moved)) large.owned.add(moved);
      this.#groups.set(moved, large);
    }
    this.lead(kept.main);
    return true;
  }

  /** Makes this the main address of its group, or a member's of them, where there is one: this, else the first by the alphabet. */
  lead(email: string): void {
    const group = this.#groups.get(email);
    if (!group) return;
    const [first] = [...group.owned].toSorted();
    group.main = first === undefined || group.owned.has(email) ? email : first;
  }

  /** Takes an address out of its group. Was it the main one, the others are merged into a member's of them, else the first stored. */
  separate(email: string): void {
    const group = this.#groups.get(email);
    if (!group || group.emails.size < 2) return;
    group.emails.delete(email);
    group.owned.delete(email);
    this.#group(email, [email]);
    const [next] = [...group.emails].toSorted((a, b) => this.#idOf(a) - this.#idOf(b));
    if (next !== undefined && group.main === email) this.lead(next);
  }

  /** Gives an address another name. */
  rename(email: string, name: string): void {
    if (this.has(email)) this.#names.set(email, name);
  }

  /** What is otherwise than it is stored, by address. */
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
