import * as fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "./csv-line.ts";

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
])("%j is %j", (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

/** Reads a line the way RFC 4180 says, character by character, to hold the writer to it. */
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
    } else if (!isQuoted && (here === "\r" || here === "\n")) throw new Error("a line break stands bare");
    cells[cells.length - 1] += here;
  }
  return cells;
}

test("every text comes back, but for the apostrophe before a formula, and none begins one", () => {
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
