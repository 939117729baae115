import type { AuditView } from "@landfall/schema/organizations/audit";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { auditCsv, csvLine } from "./audit-csv.ts";

const HEAD = '"Date","Actor","Name","Address","Action","Target","Before","After","Request"\r\n';

const entry = (number: number, more: Partial<AuditView> = {}): AuditView => ({
  id: String(number),
  date: "2026-01-02T03:04:05Z",
  actor: { label: "user:3", kind: "user", name: "Ada", email: "ada@acme.test" },
  action: "token.create",
  target: `t${number}`,
  before: null,
  after: null,
  requestId: null,
  ...more,
});

/** A log in pages, which records the cursors that were read. */
function log(pages: readonly (readonly AuditView[])[]) {
  const cursors: (string | undefined)[] = [];
  return {
    cursors,
    read: async (cursor: string | undefined) => {
      cursors.push(cursor);
      const at = Number(cursor ?? 0);
      return { items: [...(pages[at] ?? [])], previous: null, next: { cursor: String(at + 1), hasResults: at + 1 < pages.length } };
    },
  };
}

const textOf = async (parts: AsyncIterable<string>) => (await Array.fromAsync(parts)).join("");

const targets = (csv: string) =>
  csv
    .split("\r\n")
    .slice(1, -1)
    .map((line) => line.slice(1, -1).split('","')[5] ?? line.slice(1, -1));

test("writes one line per event, with the values before and after as JSON", async () => {
  const { read } = log([
    [entry(1, { before: { name: "a" }, after: { name: 'b"' }, requestId: "r-1" }), entry(2, { target: "=1+1", after: "new" })],
  ]);
  expect(await textOf(auditCsv(read))).toBe(
    `${HEAD}"2026-01-02T03:04:05Z","user:3","Ada","ada@acme.test","token.create","t1","{""name"":""a""}","{""name"":""b\\""""}","r-1"\r\n` +
      `"2026-01-02T03:04:05Z","user:3","Ada","ada@acme.test","token.create","'=1+1","","new",""\r\n`,
  );
});

test("writes only the header for an empty log", async () => {
  expect(await textOf(auditCsv(log([[]]).read))).toBe(HEAD);
});

test("reads pages one by one, empty ones too, and only when needed", async () => {
  const { read, cursors } = log([[entry(1)], [], [entry(2), entry(3)]]);
  const parts = auditCsv(read);
  await parts.next();
  expect(cursors).toEqual([]);
  await parts.next();
  expect(cursors).toEqual([undefined]);
  const rest = await textOf(parts);
  expect(cursors).toEqual([undefined, "1", "2"]);
  expect(rest.split("\r\n")).toHaveLength(3);
});

test.each([
  [1, ["t1"]],
  [2, ["t1", "t2"]],
  [3, ["t1", "t2", "t3"]],
])("stops after %d rows with a note", async (rows, written) => {
  const { read } = log([[entry(1), entry(2)], [entry(3)], [entry(4)]]);
  const csv = await textOf(auditCsv(read, { rows }));
  expect(targets(csv)).toEqual([...written, `Truncated after ${rows} events. Use a shorter period to get the rest.`]);
});

test("adds no note when the log ends exactly at the limit", async () => {
  const { read } = log([[entry(1), entry(2)], [entry(3)]]);
  expect(targets(await textOf(auditCsv(read, { rows: 3 })))).toEqual(["t1", "t2", "t3"]);
});

test("stops after many empty pages with a note", async () => {
  const { read, cursors } = log([[entry(1)], [], [], [], []]);
  expect(await textOf(auditCsv(read, { pages: 3 }))).toContain("Truncated after 1 events");
  expect(cursors).toHaveLength(3);
});

test.each([
  [["a", "b"], '"a","b"\r\n'],
  [["", ""], '"",""\r\n'],
  [["a,b", 'say "x"'], '"a,b","say ""x"""\r\n'],
  [["two\nlines", "cr\rhere"], '"two\nlines","cr\rhere"\r\n'],
  [["=1+1", "+1", "-1", "@x"], `"'=1+1","'+1","'-1","'@x"\r\n`],
  [['=HYPERLINK("http://evil.test","x")'], '"\'=HYPERLINK(""http://evil.test"",""x"")"\r\n'],
  [["\t=1", "\r=1"], `"'\t=1","'\r=1"\r\n`],
  // A spreadsheet set to another language splits at semicolons, and some split at tabs.
  [["x;=1+1", "x\t=1+1"], '"x;=1+1","x\t=1+1"\r\n'],
  [["a=1", "1.0-rc"], '"a=1","1.0-rc"\r\n'],
])("writes %j as %j", (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

/** Parses a line by RFC 4180, to check the writer. */
function readLine(line: string): string[] {
  const cells = [""];
  let isQuoted = false;
  for (let at = 0; at < line.length - 2; at += 1) {
    const [here = "", next] = [line[at], line[at + 1]];
    if (here === '"' && isQuoted && next === '"') at += 1;
    else if (here === '"') {
      isQuoted = !isQuoted;
      continue;
    } else if (here === "," && !isQuoted) {
      cells.push("");
      continue;
    } else if (!isQuoted && (here === "\r" || here === "\n")) throw new Error("unquoted line break");
    cells[cells.length - 1] += here;
  }
  return cells;
}

test("round-trips every text except for the apostrophe before formulas", () => {
  const cell = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "=", "-", "a", "'", "\t") }));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const read = readLine(csvLine(cells));
      expect(read.map((text) => text.replace(/^'(?=[=+\-@\t\r\n])/, ""))).toEqual(
        cells.map((text) => text.replace(/^'(?=[=+\-@\t\r\n])/, "")),
      );
      expect(read.some((text) => /^[=+\-@\t\r\n]/.test(text))).toBe(false);
    }),
  );
});
