import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MailmapEntry, parseMailmap } from "./parse-mailmap.ts";

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
