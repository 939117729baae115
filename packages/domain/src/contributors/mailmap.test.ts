import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AuthorGroups, type StoredAuthor } from "./author-groups.ts";
import { applyMailmap, type MailmapEntry, normalizedEntries, parseMailmap } from "./mailmap.ts";

const entry = (email: string, commitEmail: string, name: string | null = null, commitName: string | null = null) => ({
  line: 1,
  name,
  email,
  commitName,
  commitEmail,
});

describe("a line of a .mailmap", () => {
  test.each([
    ["Proper Name <commit@x.y>", entry("commit@x.y", "commit@x.y", "Proper Name")],
    ["<proper@x.y> <commit@x.y>", entry("proper@x.y", "commit@x.y")],
    ["Proper Name <proper@x.y> <commit@x.y>", entry("proper@x.y", "commit@x.y", "Proper Name")],
    ["Proper Name <proper@x.y> Commit Name <commit@x.y>", entry("proper@x.y", "commit@x.y", "Proper Name", "Commit Name")],
    ["<proper@x.y> Commit Name <commit@x.y>", entry("proper@x.y", "commit@x.y", null, "Commit Name")],
    ["Zoë Ünal <Zoe@X.Y> <ZOË@x.y>", entry("zoe@x.y", "zoë@x.y", "Zoë Ünal")],
    ["  Name\t<a@x.y>   <b@x.y>  ", entry("a@x.y", "b@x.y", "Name")],
    ["Name<a@x.y><b@x.y>", entry("a@x.y", "b@x.y", "Name")],
    ["Name < a@x.y > < b@x.y >", entry("a@x.y", "b@x.y", "Name")],
    ["Name <a@x.y> # since <2019>", entry("a@x.y", "a@x.y", "Name")],
    ["Name <a@x.y> <b@x.y> # her old one", entry("a@x.y", "b@x.y", "Name")],
    ["Name # 1 <a@x.y>", entry("a@x.y", "a@x.y", "Name # 1")],
    ["Name <no address at all>", entry("no address at all", "no address at all", "Name")],
    ["Name <a@x.y> <b@x.y> <c@x.y>", entry("a@x.y", "b@x.y", "Name")],
    ["\uFEFFName <a@x.y>", entry("a@x.y", "a@x.y", "Name")],
  ] as [string, MailmapEntry][])("%j is read", (line, expected) => {
    expect(parseMailmap(line)).toEqual({ entries: [expected], problems: [] });
  });

  test.each(["", "   ", "# Name <a@x.y>", "  # a comment", "#"])("%j says nothing", (line) => {
    expect(parseMailmap(line)).toEqual({ entries: [], problems: [] });
  });

  test.each([
    ["just words", "There is no address in angle brackets."],
    ["Name <a@x.y", "There is no address in angle brackets."],
    ["Name a@x.y>", "There is no address in angle brackets."],
    ["Name <> <b@x.y>", "The first address is empty."],
    ["Name <a@x.y> <>", "The second address is empty."],
    ["<a@x.y>", "One address says nothing without a name before it or a second one after it."],
    ["Name <a@x.y> Other", "After the first address there is text, but no second address in angle brackets."],
    [`${"x".repeat(129)} <a@x.y>`, "The proper name is longer than 128 characters."],
  ])("%j is a problem", (line, message) => {
    expect(parseMailmap(line)).toEqual({ entries: [], problems: [{ line: 1, message }] });
  });

  test("is counted from 1, whatever ends it", () => {
    const { entries, problems } = parseMailmap("# who is whom\r\n\r\nA <a@x.y>\nB\rC <c@x.y>\n");
    expect(entries.map(({ line, name }) => [line, name])).toEqual([
      [3, "A"],
      [5, "C"],
    ]);
    expect(problems.map(({ line }) => line)).toEqual([4]);
  });
});

describe("any .mailmap", () => {
  const name = fc.string({ maxLength: 20 }).map((text) => text.replace(/[<>#\s\uFEFF]+/g, " ").trim());
  const address = fc.stringMatching(/^[a-z0-9.+]{1,8}@[a-z]{1,5}\.[a-z]{2}$/);
  const pieces = fc.array(
    fc.oneof(fc.constantFrom("<", ">", "#", " ", "\n", "\r\n", "a@x.y", "<a@x.y>", "\uFEFF"), fc.string({ maxLength: 6 })),
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    pieces.map((parts) => parts.join("")),
  );

  test("is read without throwing, each line at most once", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { entries, problems } = parseMailmap(text);
        const lines = [...entries, ...problems].map(({ line }) => line);
        expect(new Set(lines).size).toBe(lines.length);
        const count = text.split(/\r\n|\n|\r/).length;
        expect(lines.every((line) => line >= 1 && line <= count)).toBe(true);
        for (const { email, commitEmail, name: proper, commitName } of entries) {
          expect([email, commitEmail, proper, commitName]).not.toContain("");
          expect([email, commitEmail]).toEqual([email.toLowerCase(), commitEmail.toLowerCase()]);
        }
      }),
    );
  });

  test("says the same when what was read is written down and read again", () => {
    const written = ({ name: proper, email, commitName, commitEmail }: MailmapEntry) =>
      `${proper ?? ""} <${email}> ${commitName ?? ""} <${commitEmail}>`;
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const first = parseMailmap(texts.join("\n")).entries;
        const again = parseMailmap(first.map(written).join("\n"));
        expect(again.problems).toEqual([]);
        expect(again.entries).toEqual(first.map((read, index) => ({ ...read, line: index + 1 })));
      }),
    );
  });

  test("of names and addresses is read back as they are, in every form", () => {
    const record = fc.record({ name, email: address, commitName: name, commitEmail: address });
    fc.assert(
      fc.property(record, ({ name: proper, email, commitName, commitEmail }) => {
        fc.pre(proper !== "" && commitName !== "");
        const forms: [string, MailmapEntry][] = [
          [`${proper} <${commitEmail}>`, entry(commitEmail, commitEmail, proper)],
          [`<${email}> <${commitEmail}>`, entry(email, commitEmail)],
          [`${proper} <${email}> <${commitEmail}>`, entry(email, commitEmail, proper)],
          [`${proper} <${email}> ${commitName} <${commitEmail}>`, entry(email, commitEmail, proper, commitName)],
        ];
        for (const [line, expected] of forms) expect(parseMailmap(`${line} # comment`)).toEqual({ entries: [expected], problems: [] });
      }),
    );
  });

  test("of a million characters takes no time", () => {
    const started = performance.now();
    for (const part of ["<", "a", "<a", "<a> <", "#", "\n", "> <"]) parseMailmap(part.repeat(Math.floor(1_048_576 / part.length)));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

/** Names by address, and whose other address one is. */
type Stored = ReadonlyMap<string, { readonly name: string | null; readonly into: string | null }>;

const names = (authors: Readonly<Record<string, string | null>>): Stored =>
  new Map(Object.entries(authors).map(([email, name]) => [email, { name, into: null }]));

function groupsOf(stored: Stored, owners: Readonly<Record<string, number>>): AuthorGroups {
  const emails = [...stored.keys()];
  const idOf = (email: string) => emails.indexOf(email) + 1;
  const rows = [...stored].map(([email, { name, into }]): StoredAuthor => ({
    id: idOf(email),
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
