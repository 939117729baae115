import type { CommitAuthorRow } from "@landfall/db/rows";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AuthorGroups } from "./author-groups.ts";
import { parseMailmap } from "./parse-mailmap.ts";
import { applyMailmap, normalizedEntries } from "./plan-mailmap.ts";

/** Names by address, and whose other address one is. */
type Stored = ReadonlyMap<string, { readonly name: string | null; readonly into: string | null }>;

const names = (authors: Readonly<Record<string, string | null>>): Stored =>
  new Map(Object.entries(authors).map(([email, name]) => [email, { name, into: null }]));

function groupsOf(stored: Stored, owners: Readonly<Record<string, number>>): AuthorGroups {
  const emails = [...stored.keys()];
  const idOf = (email: string) => emails.indexOf(email) + 1;
  const rows = [...stored].map(([email, { name, into }]): CommitAuthorRow => ({
    id: idOf(email),
    organizationId: 1,
    email,
    name,
    mergedInto: into === null ? null : idOf(into),
  }));
  return new AuthorGroups(rows, new Map(Object.entries(owners)));
}

/** What the database holds after a .mailmap, and what was said of it. */
function imported(stored: Stored, text: string, owners: Readonly<Record<string, number>> = {}) {
  const groups = groupsOf(stored, owners);
  const plan = applyMailmap(groups, normalizedEntries(parseMailmap(text)));
  const changes = groups.changes();
  const after = new Map([...stored, ...changes.map((change) => [change.email, change.after] as const)]);
  return { ...plan, changes, after };
}

const gist = (stored: Stored) =>
  [...stored].map(([email, { name, into }]) => `${email} ${name ?? "-"}${into === null ? "" : ` of ${into}`}`).toSorted();

describe("a .mailmap", () => {
  const known = names({ "a@x": "A", "b@x": "B", "c@x": null });
  test.each([
    ["Ada <a@x>", ["a@x Ada", "b@x B", "c@x -"]],
    ["<a@x> <b@x>", ["a@x A", "b@x B of a@x", "c@x -"]],
    ["Ada <a@x> <b@x>", ["a@x Ada", "b@x B of a@x", "c@x -"]],
    ["Ada <a@x> b <b@x>", ["a@x Ada", "b@x B of a@x", "c@x -"]],
    ["Ada <A@X> B <B@x>", ["a@x Ada", "b@x B of a@x", "c@x -"]],
    ["<a@x> <b@x>\n<b@x> <c@x>", ["a@x A of b@x", "b@x B", "c@x - of b@x"]],
    ["<a@x> <b@x>\n<b@x> <a@x>", ["a@x A of b@x", "b@x B", "c@x -"]],
    ["Ada <new@x> <a@x>\n<new@x> <b@x>", ["a@x A of new@x", "b@x B of new@x", "c@x -", "new@x Ada"]],
    ["<q@x> <p@x>\n<p@x> <a@x>", ["a@x A of p@x", "b@x B", "c@x -", "p@x -", "q@x - of p@x"]],
    ["Joe <a@x>\nJim <a@x>", ["a@x Jim", "b@x B", "c@x -"]],
    ["Ada <a@x> A <a@x>\nEva <b@x> A <b@x>", ["a@x Ada", "b@x B", "c@x -"]],
    ["Cy <c@x> C <c@x>\nCyd <c@x>", ["a@x A", "b@x B", "c@x Cyd"]],
  ])("%j makes %j", (text, expected) => {
    const { after, problems, unknown } = imported(known, text);
    expect(gist(after)).toEqual(expected);
    expect([problems, unknown]).toEqual([[], []]);
  });

  test("tells who is unknown, and does nothing about them", () => {
    const { changes, unknown, problems } = imported(known, "Zed <z@x> <y@x>\nAda <a@x> <w@x>\nNo <no@x>");
    expect([changes, unknown, problems]).toEqual([[], ["no@x", "w@x", "y@x", "z@x"], []]);
  });

  test("leaves an address alone that goes by another name here", () => {
    const { changes, unknown, problems } = imported(known, "Ada <a@x> Root <b@x>\nNew <n@x> Root <b@x>");
    const message = "b@x is not known here by the name Root, and only whole addresses can be merged.";
    expect([changes, unknown]).toEqual([[], ["n@x"]]);
    expect(problems).toEqual([
      { line: 1, message },
      { line: 2, message },
    ]);
  });

  test("keeps the names of addresses it tells apart by name", () => {
    expect(gist(imported(known, "Ada <a@x> B <b@x>\nBea <b@x>").after)).toEqual(["a@x Ada", "b@x B of a@x", "c@x -"]);
  });

  test("makes no two members one, and keeps what is a member's with the member", () => {
    const two = imported(known, "<a@x> <b@x>", { "a@x": 1, "b@x": 2 });
    expect([two.changes, two.problems]).toEqual([[], [{ line: 1, message: "b@x and a@x belong to two members, who cannot be merged." }]]);
    expect(gist(imported(known, "<a@x> <b@x>", { "b@x": 2 }).after)).toEqual(["a@x A of b@x", "b@x B", "c@x -"]);
    expect(gist(imported(known, "<m@x> <b@x>", { "m@x": 2 }).after)).toEqual(["a@x A", "b@x B of m@x", "c@x -", "m@x -"]);
    expect(imported(known, "Mo <m@x>", { "m@x": 2 })).toMatchObject({ changes: [], unknown: [] });
  });

  test("of the longest kind, all of one person, takes no time", () => {
    const stored = names(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`a${index}@x`, "A"])));
    const started = performance.now();
    const { changes } = imported(stored, Array.from(stored.keys(), (email) => `Ada <a0@x> <${email}>`).join("\n"));
    expect(changes).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("any .mailmap over any authors", () => {
  const letter = fc.constantFrom(..."abcdefg");
  const name = fc.constantFrom("Joe", "joe", "Ann", "Bob", "Zed");
  const email = letter.map((one) => `${one}@x`);
  const line = fc.oneof(
    fc.tuple(name, email).map(([proper, commit]) => `${proper} <${commit}>`),
    fc.tuple(email, email).map(([proper, commit]) => `<${proper}> <${commit}>`),
    fc.tuple(name, email, email).map(([proper, one, other]) => `${proper} <${one}> <${other}>`),
    fc.tuple(name, email, name, email).map(([proper, one, commit, other]) => `${proper} <${one}> ${commit} <${other}>`),
    fc.tuple(name, name, email).map(([proper, commit, one]) => `${proper} <${one}> ${commit} <${one}>`),
  );
  const world = fc.record({
    authors: fc.dictionary(email, fc.option(name)),
    owners: fc.dictionary(email, fc.integer({ min: 1, max: 3 })),
    before: fc.array(line, { maxLength: 4 }),
    lines: fc.array(line, { maxLength: 12 }),
  });

  test("changes nothing the second time, chains nobody, and never makes two members one", () => {
    fc.assert(
      fc.property(world, ({ authors, owners, before, lines }) => {
        const start = imported(names(authors), before.join("\n"), owners).after;
        const first = imported(start, lines.join("\n"), owners);
        const second = imported(first.after, lines.join("\n"), owners);
        expect(second.changes).toEqual([]);
        expect(second.unknown).toEqual(first.unknown);
        expect(second.problems).toEqual(first.problems);
        for (const { into } of first.after.values()) if (into !== null) expect(first.after.get(into)?.into).toBeNull();
        for (const group of Map.groupBy(first.after, ([own, { into }]) => into ?? own).values())
          expect(new Set(group.flatMap(([own]) => owners[own] ?? [])).size).toBeLessThanOrEqual(1);
        for (const own of start.keys()) expect(first.after.has(own)).toBe(true);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
