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

describe("a line of parseMailmap", () => {
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
  ] as [string, MailmapEntry][])("parses %j", (line, expected) => {
    expect(parseMailmap(line)).toEqual({ entries: [expected], problems: [] });
  });

  test.each(["", "   ", "# Name <a@x.y>", "  # a comment", "#"])("ignores %j", (line) => {
    expect(parseMailmap(line)).toEqual({ entries: [], problems: [] });
  });

  test.each([
    ["just words", "No email address in angle brackets."],
    ["Name <a@x.y", "No email address in angle brackets."],
    ["Name a@x.y>", "No email address in angle brackets."],
    ["Name <> <b@x.y>", "The first email address is empty."],
    ["Name <a@x.y> <>", "The second email address is empty."],
    ["<a@x.y>", "A single email address needs a name before it or a second email address after it."],
    ["Name <a@x.y> Other", "The text after the first email address must be a second one in angle brackets."],
    [`${"x".repeat(129)} <a@x.y>`, "The proper name is longer than 128 characters."],
  ])("reports %j", (line, message) => {
    expect(parseMailmap(line)).toEqual({ entries: [], problems: [{ line: 1, message }] });
  });

  test("is counted from 1 with any line ending", () => {
    const { entries, problems } = parseMailmap("# who is whom\r\n\r\nA <a@x.y>\nB\rC <c@x.y>\n");
    expect(entries.map(({ line, name }) => [line, name])).toEqual([
      [3, "A"],
      [5, "C"],
    ]);
    expect(problems.map(({ line }) => line)).toEqual([4]);
  });
});

describe("parseMailmap of any text", () => {
  const name = fc.string({ maxLength: 20 }).map((text) => text.replace(/[<>#\s\uFEFF]+/g, " ").trim());
  const address = fc.stringMatching(/^[a-z0-9.+]{1,8}@[a-z]{1,5}\.[a-z]{2}$/);
  const pieces = fc.array(
    fc.oneof(fc.constantFrom("<", ">", "#", " ", "\n", "\r\n", "a@x.y", "<a@x.y>", "\uFEFF"), fc.string({ maxLength: 6 })),
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    pieces.map((parts) => parts.join("")),
  );

  test("never throws, and reports each line at most once", () => {
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

  test("returns the same entries when they are written and parsed again", () => {
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

  test("returns the names and emails of every form", () => {
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

  test("takes linear time for a million characters", () => {
    const started = performance.now();
    for (const part of ["<", "a", "<a", "<a> <", "#", "\n", "> <"]) parseMailmap(part.repeat(Math.floor(1_048_576 / part.length)));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

/** Names by email, and the email each is merged into. */
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

/** Returns the stored rows after an import, with its result. */
function imported(stored: Stored, text: string, owners: Readonly<Record<string, number>> = {}) {
  const groups = groupsOf(stored, owners);
  const plan = applyMailmap(groups, normalizedEntries(parseMailmap(text)));
  const changes = groups.changes();
  const after = new Map([...stored, ...changes.map((change) => [change.email, change.after] as const)]);
  return { ...plan, changes, after };
}

const summary = (stored: Stored) =>
  [...stored].map(([email, { name, into }]) => `${email} ${name ?? "-"}${into === null ? "" : ` of ${into}`}`).toSorted();

describe("applyMailmap", () => {
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
  ])("applies %j: %j", (text, expected) => {
    const { after, problems, unknown } = imported(known, text);
    expect(summary(after)).toEqual(expected);
    expect([problems, unknown]).toEqual([[], []]);
  });

  test("reports unknown emails and ignores them", () => {
    const { changes, unknown, problems } = imported(known, "Zed <z@x> <y@x>\nAda <a@x> <w@x>\nNo <no@x>");
    expect([changes, unknown, problems]).toEqual([[], ["no@x", "w@x", "y@x", "z@x"], []]);
  });

  test("does not merge an email with another name", () => {
    const { changes, unknown, problems } = imported(known, "Ada <a@x> Root <b@x>\nNew <n@x> Root <b@x>");
    const message = "b@x has another name than Root here, and an email address can only be merged for all names.";
    expect([changes, unknown]).toEqual([[], ["n@x"]]);
    expect(problems).toEqual([
      { line: 1, message },
      { line: 2, message },
    ]);
  });

  test("keeps the names of emails that the file distinguishes by name", () => {
    expect(summary(imported(known, "Ada <a@x> B <b@x>\nBea <b@x>").after)).toEqual(["a@x Ada", "b@x B of a@x", "c@x -"]);
  });

  test("never merges two members, and keeps a member's email as the main one", () => {
    const two = imported(known, "<a@x> <b@x>", { "a@x": 1, "b@x": 2 });
    expect([two.changes, two.problems]).toEqual([[], [{ line: 1, message: "b@x and a@x belong to two members, who cannot be merged." }]]);
    expect(summary(imported(known, "<a@x> <b@x>", { "b@x": 2 }).after)).toEqual(["a@x A of b@x", "b@x B", "c@x -"]);
    expect(summary(imported(known, "<m@x> <b@x>", { "m@x": 2 }).after)).toEqual(["a@x A", "b@x B of m@x", "c@x -", "m@x -"]);
    expect(imported(known, "Mo <m@x>", { "m@x": 2 })).toMatchObject({ changes: [], unknown: [] });
  });

  test("takes linear time for a large file about one person", () => {
    const stored = names(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`a${index}@x`, "A"])));
    const started = performance.now();
    const { changes } = imported(stored, Array.from(stored.keys(), (email) => `Ada <a0@x> <${email}>`).join("\n"));
    expect(changes).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe("applyMailmap of any file to any authors", () => {
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

  test("is idempotent, never chains merges, and never merges two members", () => {
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
