import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type ScratchDirectory, scratchDirectory } from "./run-program.ts";

const run = promisify(execFile);

/** The remote `origin` of all scratch repositories. It is never contacted. */
export const ORIGIN_URL = "https://git.example.test/acme/web.git";

/** A planned commit: author, date (with the author's offset), message, and file changes. */
export type PlannedCommit = {
  readonly author: { readonly name: string; readonly email: string };
  readonly date: string;
  readonly message: string;
  readonly write?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly move?: readonly (readonly [from: string, to: string])[];
};

/** A git repository whose commits have the same hashes on every machine. */
export interface ScratchRepository extends AsyncDisposable {
  readonly path: string;
  /** Full hashes, oldest first. */
  readonly shas: readonly string[];
  /** Returns the hash of the commit `back` steps before the newest; 0 is the newest. @throws if the history is shorter. */
  sha(back: number): string;
  /** Adds commits. Returns their hashes, oldest first. */
  commit(plan: readonly PlannedCommit[]): Promise<readonly string[]>;
}

/** Creates a repository with the branch `main`, the remote `origin`, and the planned commits. Requires `git` in `PATH`. */
export async function scratchRepository(plan: readonly PlannedCommit[]): Promise<ScratchRepository> {
  const directory = await scratchDirectory("git");
  const { path } = directory;
  const shas: string[] = [];
  const repository: ScratchRepository = {
    path,
    shas,
    sha(back) {
      const sha = shas.at(-1 - back);
      if (sha === undefined) throw new Error(`the scratch repository has ${shas.length} commits, none is ${back} before the newest`);
      return sha;
    },
    async commit(more) {
      const before = shas.length;
      for (const planned of more) shas.push(await commitTo(path, planned));
      return shas.slice(before);
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
  try {
    await git(path, ["init", "--quiet", "--initial-branch=main"]);
    await git(path, ["remote", "add", "origin", ORIGIN_URL]);
    await repository.commit(plan);
    return repository;
  } catch (error) {
    await directory[Symbol.asyncDispose]();
    throw error;
  }
}

async function commitTo(path: string, { author, date, message, write, remove, move }: PlannedCommit): Promise<string> {
  for (const [from, to] of move ?? []) {
    await mkdir(dirname(join(path, to)), { recursive: true });
    await rename(join(path, from), join(path, to));
  }
  for (const name of remove ?? []) await rm(join(path, name));
  for (const [name, text] of Object.entries(write ?? {})) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  await git(path, ["add", "--all"]);
  // Committer and commit date are part of the hash too, so they are fixed like the author.
  const env = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: date,
  };
  await git(path, ["commit", "--quiet", "--allow-empty", "--cleanup=verbatim", `--message=${message}`], env);
  return git(path, ["rev-parse", "HEAD"]);
}

async function git(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const settings = ["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", "-c", "core.fileMode=false", "-c", "gc.auto=0"];
  const clean = { PATH: process.env["PATH"], HOME: cwd, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", LC_ALL: "C" };
  const { stdout } = await run("git", [...settings, ...args], { cwd, env: { ...clean, ...env }, timeout: 20_000 });
  return stdout.trim();
}

const ADA = { name: "Ada Lovelace", email: "ada@example.test" };
const GRACE = { name: "Grace Hopper", email: "Grace.Hopper@Example.test" };
const ZOE = { name: "Zoë Müller 🚀", email: "zoe@example.test" };

/** The history of the first release: five commits by three authors, with added, changed, removed, and moved files. */
export const FIRST_RELEASE: readonly PlannedCommit[] = [
  {
    author: ADA,
    date: "2026-05-04T09:00:00+02:00",
    message: "Start the shop\n",
    write: { "README.md": "# Shop\n", "src/cart.js": "export const cart = [];\n" },
  },
  {
    author: GRACE,
    date: "2026-05-05T10:30:00-04:00",
    message: "Add the checkout\n\nIt takes a card.\n",
    write: { "src/checkout.js": "export const pay = () => true;\n" },
  },
  {
    author: ZOE,
    date: "2026-05-06T08:15:00Z",
    message: "Größe ändern: « préférences » ✓\n",
    write: { "src/größe.js": "export const g = 1;\n", "src/cart.js": "export const cart = [1];\n" },
  },
  { author: ADA, date: "2026-05-07T10:00:00+02:00", message: "Move the checkout\n", move: [["src/checkout.js", "src/pay/checkout.js"]] },
  { author: GRACE, date: "2026-05-08T10:00:00+00:00", message: "Drop the greeting\n", remove: ["README.md"] },
];

/** The second release: two commits after `FIRST_RELEASE`. */
export const SECOND_RELEASE: readonly PlannedCommit[] = [
  { author: ZOE, date: "2026-05-11T12:00:00Z", message: "Count the cart\n", write: { "src/count.js": "export const count = 2;\n" } },
  { author: ADA, date: "2026-05-12T12:00:00Z", message: "Fix the count\n", write: { "src/count.js": "export const count = 3;\n" } },
];

/** A commit that git itself would not write: any author line, any bytes as message, added files. */
export type ImportedCommit = { readonly author: string; readonly message: string | Buffer; readonly files: readonly string[] };

const FIRST_TIME = 1_700_000_000;

/** Creates a repository from commits, oldest first and a minute apart, with `git fast-import`, which is fast and does not validate. */
export async function importedRepository(commits: readonly ImportedCommit[]): Promise<ScratchDirectory> {
  const directory = await scratchDirectory("import");
  await runGit(directory.path, ["init", "--quiet", "--initial-branch=main"]);
  await runGit(directory.path, ["remote", "add", "origin", ORIGIN_URL]);
  await runGit(directory.path, ["fast-import", "--quiet"], Buffer.concat(commits.flatMap(importLines)));
  return directory;
}

function importLines({ author, message, files }: ImportedCommit, index: number): Buffer[] {
  const time = `${FIRST_TIME + index * 60} +0545`;
  const text = Buffer.from(message);
  const head = `commit refs/heads/main\nauthor ${author} ${time}\ncommitter Committer <committer@example.test> ${time}\ndata ${text.length}\n`;
  const changes = files.map((name) => `M 100644 inline ${name}\ndata ${String(index).length}\n${index}\n`);
  return [Buffer.from(head), text, Buffer.from(`\n${changes.join("")}\n`)];
}

async function runGit(cwd: string, args: readonly string[], input?: Buffer): Promise<void> {
  const env = { PATH: process.env["PATH"], HOME: cwd, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
  const child = execFile("git", args, { cwd, env, timeout: 20_000 });
  child.stdin?.end(input);
  const [code]: unknown[] = await once(child, "exit");
  if (code !== 0) throw new Error(`git ${args.join(" ")} exited with ${String(code)}`);
}
