import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

type Change = {
  readonly message?: string;
  readonly author?: string;
  readonly email?: string;
  readonly date?: string;
  readonly write?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly move?: readonly (readonly [from: string, to: string])[];
};

/** A git repository in a temporary folder, removed on dispose. */
export interface ScratchRepository extends AsyncDisposable {
  readonly path: string;
  git(...args: string[]): Promise<string>;
  /** Commits a change. Returns the hash. */
  commit(change?: Change): Promise<string>;
  /** Replaces `main` with a history of `count` commits that each change a file. */
  importHistory(count: number): Promise<void>;
}

const FIRST = Date.UTC(2026, 0, 1);

/** Creates a temporary folder. */
export async function scratchFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "landfall-cli-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Creates a repository with the branch `main` and a remote `origin` that is never contacted. */
export async function scratchRepository(remote: string | null = "git@git.example.test:acme/web.git"): Promise<ScratchRepository> {
  const folder = await scratchFolder();
  const { path } = folder;
  let commitCount = 0;
  const git = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => runGit(path, args, env);
  await git(["init", "--quiet", "--initial-branch=main"]);
  if (remote !== null) await git(["remote", "add", "origin", remote]);
  return {
    path,
    git: (...args) => git(args),
    async commit(change = {}) {
      commitCount += 1;
      const { message = `Change ${commitCount}`, author = "Ada Lovelace", email = "ada@acme.test" } = change;
      const date = change.date ?? new Date(FIRST + commitCount * 60_000).toISOString();
      await apply(path, change);
      await git(["add", "--all"]);
      const env = { GIT_AUTHOR_NAME: author, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
      await git(["commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "--allow-empty-message", `--message=${message}`], env);
      return git(["rev-parse", "HEAD"]);
    },
    async importHistory(count) {
      const input = Array.from({ length: count }, (_, index) => importCommand(index + 1)).join("");
      await new Promise<void>((resolve, reject) => {
        const child = execFile("git", ["fast-import", "--quiet", "--force"], { cwd: path }, (error) => (error ? reject(error) : resolve()));
        child.stdin?.end(input);
      });
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Returns the command for one commit in `git fast-import`. */
function importCommand(number: number): string {
  const message = `Change ${number}`;
  const author = `Ada <ada@acme.test> ${FIRST / 1000 + number} +0000`;
  const from = number === 1 ? "" : `from :${number - 1}\n`;
  return `commit refs/heads/main\nmark :${number}\nauthor ${author}\ncommitter ${author}\ndata ${message.length}\n${message}\n${from}M 100644 inline f${number % 10}\ndata 4\n${String(number).padStart(4, "0")}\n`;
}

async function apply(root: string, { write = {}, remove = [], move = [] }: Change): Promise<void> {
  for (const [from, to] of move) {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await rename(join(root, from), join(root, to));
  }
  for (const path of remove) await rm(join(root, path));
  for (const [path, content] of Object.entries(write)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** Runs git without the configuration of this machine. */
export async function runGit(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const clean = {
    PATH: process.env["PATH"],
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@acme.test",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@acme.test",
    ...env,
  };
  const settings = ["-c", "commit.gpgsign=false", "-c", "gc.auto=0", "-c", "protocol.file.allow=always", "-c", "tag.gpgSign=false"];
  const { stdout } = await execute("git", [...settings, ...args], { cwd, env: clean, timeout: 30_000, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}
