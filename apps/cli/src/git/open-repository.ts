import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { NewCommit } from "@landfall/client/create-client";
import { CliError } from "../system/errors.ts";
import { commitOfGit, LOG_FORMAT, parseLog } from "./parse-log.ts";
import { type GitOptions, type GitResult, runGit, streamGit } from "./run-git.ts";

type LogRange = {
  /** Only commits that this one does not have; null for all. */
  readonly since: string | null;
  /** The most commits, the newest first. */
  readonly most: number;
};

/** The git repository around a folder. */
export interface Repository {
  readonly root: string;
  /** The full sha of HEAD. */
  readonly head: string;
  /** Whether its history was cut when it was cloned. */
  readonly isShallow: boolean;
  /** The name its commits get: of the remote, else of the folder. */
  readonly name: string;
  /** The tag at HEAD, the highest version where there are several; null when there is none. */
  tag(): Promise<string | null>;
  /** `git describe`: the last tag, and how far HEAD is beyond it; null without tags. */
  describe(): Promise<string | null>;
  /** The full sha of a commit, null when this repository does not have it. */
  findCommit(name: string): Promise<string | null>;
  /** How many commits a range has. */
  count(range: LogRange): Promise<number>;
  /** The commits of HEAD's history as the server takes them, the newest first. */
  log(range: LogRange): AsyncGenerator<NewCommit, void, undefined>;
}

export type RepositoryOptions = {
  /** Which remote names the repository; SENTRY_VCS_REMOTE, else `origin`, else the first there is. */
  readonly remote?: string | undefined;
  /** A name in place of the remote's. */
  readonly name?: string | undefined;
};

/** Opens the repository around `place.cwd`. Throws a CliError when there is none, or nothing was committed yet. */
export async function openRepository(place: GitOptions, options: RepositoryOptions = {}): Promise<Repository> {
  const root = await findRoot(place);
  const at = { ...place, cwd: root };
  const git = (...args: string[]) => runGit(at, args);
  const head = oneLine(await git("rev-parse", "--verify", "--quiet", "HEAD^{commit}"));
  if (head === null) throw new CliError("input", `Nothing was committed in ${root} yet.`, "Commit something first.");
  const isShallow = oneLine(await git("rev-parse", "--is-shallow-repository")) === "true";
  const cutOff = isShallow ? await readCutOff(at) : new Set<string>();
  const name = options.name ?? (await nameOf(at, options.remote));
  return {
    root,
    head,
    isShallow,
    name,
    tag: async () => oneLine(await git("-c", "versionsort.suffix=-", "tag", "--points-at", "HEAD", "--sort=-version:refname")),
    describe: async () => oneLine(await git("describe", "--tags")),
    findCommit: async (wanted) =>
      /^[0-9a-f]{4,64}$/i.test(wanted) ? oneLine(await git("rev-parse", "--verify", "--quiet", `${wanted}^{commit}`)) : null,
    count: async ({ since, most }) => {
      const counted = oneLine(await git("rev-list", "--count", `--max-count=${most}`, ...revisions(head, since), "--"));
      if (counted === null) throw new CliError("failure", `git cannot list the commits of ${root}.`);
      return Number(counted);
    },
    async *log({ since, most }) {
      const args = [
        "log",
        "-z",
        LOG_FORMAT,
        "--encoding=UTF-8",
        "--name-status",
        "--no-renames",
        "--no-relative",
        "--no-color",
        "--no-notes",
      ];
      const pieces = streamGit(at, [...args, `--max-count=${most}`, ...revisions(head, since), "--"]);
      for await (const commit of parseLog(pieces)) yield commitOfGit(commit, { repository: name, cutOff });
    },
  };
}

/** Both are full shas, so that neither can be taken for an option. */
const revisions = (head: string, since: string | null): string[] => (since === null ? [head] : [head, `^${since}`]);

async function findRoot(place: GitOptions): Promise<string> {
  const answer = await runGit(place, ["rev-parse", "--show-toplevel"]);
  const root = oneLine(answer);
  if (root !== null) return root;
  const isOwnership = answer.stderr.includes("dubious ownership");
  throw new CliError(
    "input",
    isOwnership ? `git does not trust ${place.cwd}: it belongs to another user.` : `${place.cwd} is not inside a git repository.`,
    isOwnership
      ? `Run \`git config --global --add safe.directory ${place.cwd}\`.`
      : "Change into one; in CI, check the repository out first.",
  );
}

/** Where a shallow clone's history was cut. */
async function readCutOff(at: GitOptions): Promise<Set<string>> {
  const path = oneLine(await runGit(at, ["rev-parse", "--git-path", "shallow"])) ?? "shallow";
  const content = await readFile(resolve(at.cwd, path), "utf8").catch(() => "");
  return new Set(content.split("\n").filter((line) => line !== ""));
}

async function nameOf(at: GitOptions, wanted: string | undefined): Promise<string> {
  const remotes = (await runGit(at, ["remote"])).stdout.split("\n").filter((line) => line !== "");
  const asked = wanted ?? (at.env["SENTRY_VCS_REMOTE"] || undefined);
  if (asked !== undefined && !remotes.includes(asked)) {
    throw new CliError("input", `There is no remote called ${asked} here.`, `\`git remote\` lists: ${remotes.join(", ") || "none"}.`);
  }
  const remote = asked ?? (remotes.includes("origin") ? "origin" : remotes[0]);
  const url = remote === undefined ? null : oneLine(await runGit(at, ["remote", "get-url", remote]));
  return (url === null ? null : repositoryName(url)) ?? repositoryName(basename(at.cwd)) ?? "repository";
}

/** The first line git printed; null when it failed or printed nothing. */
const oneLine = ({ code, stdout }: GitResult): string | null => (code === 0 && stdout.split("\n", 1)[0]) || null;

/** The server's limit for the name of a commit's repository (contract 3.1). */
const LONGEST = 64;

/**
 * The name of a repository by its remote's address: `acme/web` for `git@git.example.com:acme/web.git`, without host and credentials. Of
 * a path on this machine the last part. Too long a name loses its first parts. Null when nothing is left.
 */
export function repositoryName(remote: string): string | null {
  const { path, isLocal } = pathOf(remote.trim());
  const parts = path
    .replace(/\.git\/*$/, "")
    .split("/")
    .filter((part) => part !== "");
  const shown = isLocal ? parts.slice(-1) : parts;
  while (shown.length > 1 && [...shown.join("/")].length > LONGEST) shown.shift();
  return [...shown.join("/")].slice(0, LONGEST).join("").trim() || null;
}

function pathOf(remote: string): { path: string; isLocal: boolean } {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/[^/]*(.*)$/i.exec(remote) ?? [];
  if (scheme !== undefined) return { path: decoded(rest.replace(/[?#].*$/, "")), isLocal: scheme.toLowerCase() === "file" };
  if (/^[a-z]:[\\/]/i.test(remote)) return { path: remote.slice(2).replaceAll("\\", "/"), isLocal: true };
  const [, scp] = /^[^/]+?:(?!\/\/)(.*)$/.exec(remote) ?? [];
  return scp === undefined ? { path: remote.replaceAll("\\", "/"), isLocal: true } : { path: scp, isLocal: false };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
