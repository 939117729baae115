import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Checks that citations of docs/wire in the sources name sections that exist, that links and paths in the documents lead to a file, and that
 * the messages in docs/troubleshooting.md are those of the program.
 * Prints one line per problem and exits with 1 if there is any.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const WIRE = { contract: "docs/wire/releases.md", clients: "docs/wire/clients.md" };
const GENERATED = new Set(["node_modules", "dist", ".next", ".git", "migrations", "results", "test-results", "data"]);
const SOURCE = /\.(ts|tsx|mjs)$/;

const problems = new Set();
const read = (file) => readFileSync(path.join(root, file), "utf8");
const report = (file, text, index, problem) => problems.add(`${file}:${text.slice(0, index).split("\n").length}: ${problem}`);

/** Lists the files below a folder, relative to the repository, without what tools generate. */
function filesBelow(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (GENERATED.has(entry.name)) return [];
    const file = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file) : [file];
  });
}

/**
 * Lists what can be cited in a document of the wire: sections (`3`, `3.2`, `1.12`), their letters (`14.1d`), and with the section before
 * them steps and rows (`3.2#9`, `2#43`) and cases (`17#C01`). Items of a list directly in a chapter are cited as sections, too.
 */
function citableParts(file) {
  const parts = new Set();
  let section = "";
  for (const line of read(file).split("\n")) {
    const heading = /^#{2,3} (\d+(?:\.\d+)?)\.? /.exec(line) ?? /^\*\*(\d+\.\d+)\*\* /.exec(line);
    if (heading !== null) parts.add((section = heading[1]));
    if (/^- \*\*[a-z]\.\*\* /.test(line)) parts.add(`${section}${line[4]}`);
    const item = /^(?:- |\| )?([A-Z]\d\d|\d+)(?:\.| \|| )/.exec(line);
    if (item !== null) parts.add(`${section}#${item[1]}`);
    if (/^\d+\. /.test(line) && !section.includes(".")) parts.add(`${section}.${item[1]}`);
  }
  return parts;
}

const parts = { contract: citableParts(WIRE.contract), clients: citableParts(WIRE.clients) };
const CITATION = /\b(?:contract\/)?(contract|clients)(?=[\s*]+§?\d)/gi;
/** One part of a citation with the separator before it. A break can be a line break of a comment. */
const PART = /[\s*]*([,;–]|and\b)?[\s*]*(?:(contract|clients)[\s*]+)?((?:step|row)s?[\s*]+)?§?(\d+(?:\.\d+)?[a-z]?\b|[A-Z]\d\d\b)/y;

/** Reports the parts of `contract 3.2, steps 8 and 9; 4.2; clients 8.3` and of similar citations that do not exist. */
function checkCitations(file, text) {
  for (const citation of text.matchAll(CITATION)) {
    let [document, section, inSection] = [citation[1].toLowerCase(), "", false];
    PART.lastIndex = citation.index + citation[0].length;
    for (let found = PART.exec(text); found !== null; found = PART.exec(text)) {
      const [, separator, otherDocument, stepOrRow, part] = found;
      if (section !== "" && separator === undefined) break;
      document = otherDocument ?? document;
      inSection = stepOrRow !== undefined || (inSection && separator !== ";");
      const isItem = /^[A-Z]/.test(part) || (inSection && /^\d+$/.test(part));
      if (!isItem) section = part;
      if (parts[document].has(isItem ? `${section}#${part}` : section)) continue;
      report(file, text, found.index, `${WIRE[document]} has no ${isItem ? `${part} in section ${section}` : `section ${section}`}`);
    }
  }
}

/** Returns the anchors of a Markdown file, made from its headings as GitHub makes them. */
function anchorsOf(file) {
  const withoutCode = read(file).replace(/^```[\s\S]*?^```/gm, "");
  const titles = [...withoutCode.matchAll(/^#+ +(.+)$/gm)].map(([, title]) => title.toLowerCase().trim());
  return new Set(titles.map((title) => title.replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")));
}

/** Reports links to a file or an anchor that does not exist. */
function checkLinks(file, text) {
  const withoutCode = text.replace(/^```[\s\S]*?^```|`[^`\n]+`/gm, (code) => code.replace(/[^\n]/g, " "));
  for (const { 1: link, index } of withoutCode.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(link)) continue;
    const [name, anchor] = link.split("#");
    const target = name === "" ? file : path.posix.join(path.posix.dirname(file), name);
    if (!existsSync(path.join(root, target))) report(file, text, index, `the link ${link} leads to no file`);
    else if (anchor !== undefined && !anchorsOf(target).has(anchor)) report(file, text, index, `${target} has no anchor #${anchor}`);
  }
}

const files = filesBelow("");
const folders = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));

/** Reports paths and source files in inline code that do not exist. A pattern counts up to its first `*`, `<`, `{` or `…`. */
function checkPaths(file, text) {
  for (const { 1: code, index } of text.matchAll(/`([^`\n]+)`/g)) {
    for (const word of code.split(/[\s"'=]+/)) {
      const [name] = word.split(/[*<{…]/);
      // The path of a URL.
      if (name.startsWith("/")) continue;
      const steps = name.split("/");
      if (steps.some((step) => GENERATED.has(step))) continue;
      const isPath = steps.length > 1 && folders.has(steps[0]);
      const exists = isPath
        ? existsSync(path.join(root, name === word ? name : path.posix.dirname(`${name}x`)))
        : !SOURCE.test(name) || files.some((known) => `/${known}`.endsWith(`/${name}`));
      if (!exists) report(file, text, index, `there is no ${word}`);
    }
  }
}

/** Reports messages in tables of `message` that no source file contains. A `…` is a part that differs. */
function checkMessages(file) {
  const code = files.filter((name) => /^(apps|packages)\/[^/]+\/src\/.+\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name)).map(read);
  const text = code.join("\n").replaceAll('\\"', '"');
  const tables = read(file).matchAll(/^\| message \|.*\n\|[-|]+\n((?:\|.*\n)+)/gm);
  for (const { 0: table, index } of tables) {
    for (const [row, message] of table.matchAll(/^\| (`.+?`(?:, `.+?`)*) \|/gm)) {
      const parts = message.split(/`, `|…|`/).map((part) => part.trim());
      const unknown = parts.find((part) => part !== "" && !text.includes(part));
      if (unknown !== undefined) report(file, read(file), index + table.indexOf(row), `no message contains "${unknown}"`);
    }
  }
}

for (const file of files.filter((name) => SOURCE.test(name))) checkCitations(file, read(file));
checkMessages("docs/troubleshooting.md");
for (const file of files.filter((name) => /^(README|AGENTS|CONTRIBUTING|docs\/.+)\.md$/.test(name))) {
  checkLinks(file, read(file));
  checkPaths(file, read(file));
}
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.exitCode = problems.size > 0 ? 1 : 0;
