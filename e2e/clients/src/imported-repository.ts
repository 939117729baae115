import { execFile } from "node:child_process";
import { once } from "node:events";
import { scratchDirectory, type ScratchDirectory } from "./scratch-directory.ts";
import { ORIGIN_URL } from "./scratch-repository.ts";

/** A commit as git would never write one by itself: any author line, a message in any bytes, files that are added. */
export type ImportedCommit = { readonly author: string; readonly message: string | Buffer; readonly files: readonly string[] };

const FIRST_TIME = 1_700_000_000;

/** Makes a repository from commits, oldest first and a minute apart, by `git fast-import`: fast for thousands, and it checks nothing. */
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
  if (code !== 0) throw new Error(`git ${args.join(" ")} ended with ${String(code)}`);
}
