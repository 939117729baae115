import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AuthorChange, AuthorGroups, type StoredAuthor } from "./author-groups.ts";

/** Authors "a" to "h" by their ids from 1 on, each with the letter it is merged into, if any. */
const stored = (merged: Readonly<Record<string, string | null>>): StoredAuthor[] => {
  const letters = Object.keys(merged);
  const idOf = (letter: string) => letters.indexOf(letter) + 1;
  return letters.map((email) => {
    const into = merged[email] ?? null;
    return { id: idOf(email), organizationId: 1, email, name: email.toUpperCase(), mergedInto: into === null ? null : idOf(into) };
  });
};

const groupsOf = (merged: Readonly<Record<string, string | null>>, owners: Readonly<Record<string, number>> = {}) =>
  new AuthorGroups(stored(merged), new Map(Object.entries(owners)));

const changesOf = (groups: AuthorGroups) =>
  groups.changes().map(({ email, before, after }) => `${email}: ${before ? (before.into ?? "-") : "new"} > ${after.into ?? "-"}`);

describe("AuthorGroups", () => {
  test("returns the stored groups before any change", () => {
    const groups = groupsOf({ a: null, b: "a", c: null });
    expect([groups.mainOf("a"), groups.mainOf("b"), groups.mainOf("c"), groups.mainOf("x")]).toEqual(["a", "a", "c", "x"]);
    expect([groups.othersOf("b"), groups.othersOf("c"), groups.othersOf("x")]).toEqual([["a"], [], []]);
    expect([groups.has("b"), groups.has("x"), groups.isKnown("x"), groups.nameOf("b"), groups.nameOf("x")]).toEqual([
      true,
      false,
      false,
      "B",
      null,
    ]);
    expect(groups.changes()).toEqual([]);
  });

  test("joins groups under the main email of the target", () => {
    const groups = groupsOf({ a: null, b: "a", c: null, d: "c", e: "c" });
    expect(groups.join("a", "d")).toBe(true);
    expect(changesOf(groups)).toEqual(["a: - > c", "b: a > c"]);
    expect(groups.join("e", "b")).toBe(true);
    expect(changesOf(groups)).toEqual(["a: - > c", "b: a > c"]);
  });

  test("sets the main email, with precedence for a member's", () => {
    const groups = groupsOf({ a: null, b: "a" });
    groups.makeMain("b");
    expect(changesOf(groups)).toEqual(["a: - > b", "b: a > -"]);
    const withMember = groupsOf({ a: null, b: null, c: null }, { b: 7, c: 7 });
    withMember.join("c", "a");
    expect(changesOf(withMember)).toEqual(["a: - > c"]);
    withMember.join("b", "a");
    expect(changesOf(withMember)).toEqual(["a: - > c", "b: - > c"]);
    withMember.makeMain("a");
    expect(changesOf(withMember)).toEqual(["a: - > b", "c: - > b"]);
  });

  test("does not join groups of two members", () => {
    const groups = groupsOf({ a: null, b: "a", c: null }, { b: 1, c: 2, z: 2 });
    expect([groups.join("a", "c"), groups.join("c", "b"), groups.join("a", "z")]).toEqual([false, false, false]);
    expect(changesOf(groups)).toEqual(["z: new > -"]);
    expect(groups.join("c", "z")).toBe(true);
    expect(changesOf(groups)).toEqual(["c: - > z", "z: new > -"]);
  });

  test("separates one email and keeps the others merged", () => {
    const alias = groupsOf({ a: null, b: "a", c: "a" });
    alias.separate("b");
    expect(changesOf(alias)).toEqual(["b: a > -"]);
    const main = groupsOf({ a: null, b: "a", c: "a" }, { c: 3 });
    main.separate("a");
    expect(changesOf(main)).toEqual(["b: a > c", "c: a > -"]);
    const alone = groupsOf({ a: null });
    alone.separate("a");
    alone.separate("x");
    expect(alone.changes()).toEqual([]);
  });

  test("reports changed names", () => {
    const groups = groupsOf({ a: null });
    groups.rename("a", "Ada");
    groups.rename("x", "Nobody");
    expect(groups.changes()).toEqual([{ email: "a", before: { into: null, name: "A" }, after: { into: null, name: "Ada" } }]);
    groups.rename("a", "A");
    expect(groups.changes()).toEqual([]);
  });

  test("repairs an email whose main email is missing", () => {
    const rows = stored({ a: null, b: "a", c: "a" }).slice(1);
    const groups = new AuthorGroups(rows, new Map());
    expect([groups.mainOf("b"), groups.mainOf("c")]).toEqual(["b", "b"]);
    expect(groups.changes().map(({ email, after }) => [email, after.into])).toEqual([["c", "b"]]);
  });

  test("never chains merges, never groups two members, and loses no email", () => {
    const letters = [..."abcdefgh"];
    const letter = fc.constantFrom(...letters);
    const step = fc.oneof(
      fc.record({ kind: fc.constant("join" as const), one: letter, other: letter }),
      fc.record({ kind: fc.constant("makeMain" as const), one: letter, other: letter }),
      fc.record({ kind: fc.constant("separate" as const), one: letter, other: letter }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.dictionary(letter, fc.integer({ min: 1, max: 3 })), (steps, owners) => {
        const before = Object.fromEntries(letters.slice(0, 6).map((one) => [one, null]));
        const groups = groupsOf(before, owners);
        for (const { kind, one, other } of steps) {
          if (kind === "join") groups.join(one, other);
          else groups[kind](one);
        }
        const after = applied(stored(before), groups.changes());
        const mains = new Map(after.map(({ email, into }) => [email, into]));
        for (const { email, into } of after) {
          if (into === null) continue;
          expect(mains.get(into)).toBeNull();
          expect(groups.mainOf(email)).toBe(into);
        }
        for (const members of Map.groupBy(after, ({ email, into }) => into ?? email).values()) {
          const of = new Set(members.flatMap(({ email }) => owners[email] ?? []));
          expect(of.size).toBeLessThanOrEqual(1);
        }
        expect(after.length).toBeGreaterThanOrEqual(6);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

function applied(rows: readonly StoredAuthor[], changes: readonly AuthorChange[]): { email: string; into: string | null }[] {
  const into = new Map<string, string | null>(rows.map(({ email }) => [email, null]));
  for (const { email, after } of changes) into.set(email, after.into);
  return [...into].map(([email, main]) => ({ email, into: main }));
}
