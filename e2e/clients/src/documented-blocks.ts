import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "./run-program.ts";

/** A fenced block of a document. */
export type DocumentedBlock = {
  /** The path of the document in the repository. */
  readonly file: string;
  /** The number of the line of the opening fence. */
  readonly line: number;
  readonly text: string;
};

/** Documents with commands that a reader runs. The specification in docs/wire has none. */
const DOCUMENTS = ["*.md", "docs/**/*.md", "{apps,packages,e2e}/*/README.md", "{bench,deploy}/README.md"];

const SHELLS = ["sh", "bash", "shell", "console"];
const YAML = ["yaml", "yml"];

/** The shell blocks of all documents. */
export const shellBlocks = (): Promise<DocumentedBlock[]> => blocksIn(SHELLS);

/** The YAML blocks of all documents. */
export const yamlBlocks = (): Promise<DocumentedBlock[]> => blocksIn(YAML);

async function blocksIn(languages: readonly string[]): Promise<DocumentedBlock[]> {
  const files = await Array.fromAsync(glob(DOCUMENTS, { cwd: repositoryRoot, exclude: ["**/node_modules"] }));
  const found = await Promise.all(
    files.toSorted().map(async (file) => blocksOf(file, await readFile(join(repositoryRoot, file), "utf8"), languages)),
  );
  return found.flat();
}

/** Returns the fenced blocks of a Markdown text in these languages. */
export function blocksOf(file: string, markdown: string, languages: readonly string[]): DocumentedBlock[] {
  return [...markdown.matchAll(/^( *)```(\w*)[^\n]*\n(.*?)^\1```/gms)].flatMap(({ 2: language = "", 3: text = "", index }) =>
    languages.includes(language) ? [{ file, line: markdown.slice(0, index).split("\n").length, text }] : [],
  );
}

/** Returns the commands of a shell block: their words without comments, one array per command. */
export function commandsOf(text: string): string[][] {
  return text
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, ""))
    .flatMap((line) => line.split(/&&|;|\|/))
    .map((command) => command.split(/\s+/).filter((word) => word !== ""))
    .filter((words) => words.length > 0);
}

/** Returns the words of a command after its variables (`PORT=80 landfall serve`). */
export function withoutVariables(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !/^[A-Z_0-9]+=/.test(word));
  return start < 0 ? [] : words.slice(start);
}

const NAME_LENGTH = 60;

/** The name of a block: its document and the beginning of its first command. */
export const nameOf = ({ file, text }: DocumentedBlock): string =>
  `${file}: ${commandsOf(text)[0]?.join(" ").slice(0, NAME_LENGTH).trim() ?? ""}`;
