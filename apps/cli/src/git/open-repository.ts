import { readFile } from "node:fs/promises";
import { basename, isAbsolute, posix, relative, resolve, sep } from "node:path";
import type { NewCommit } from "@landfall/client/create-client";
import { repositoryWebUrl } from "@landfall/domain/commits/repository-links";
import { CliError } from "../system/errors.ts";
import { commitOfGit, LOG_FORMAT, parseLog } from "./parse-log.ts";
import { type GitOptions, type GitResult, runGit, streamGit } from "./run-git.ts";

type LogRange = {
  /** The full hash of the newest commit; default: HEAD. */
  readonly until?: string;
  /** Excludes this commit and its ancestors; null for none. */
  readonly since: string | null;
  /** The most commits to return, newest first. */
  readonly limit: number;
};

/** A tag of a commit. */
export type Tag = {
  readonly name: string;
  /** The full hash of the commit. */
  readonly commit: string;
  /** When the tag was created; for a tag without a message, the date of the commit. */
  readonly date: Date;
};

/** The git repository that contains a folder. */
export interface Repository {
  readonly root: string;
  /** The full hash of HEAD. */
  readonly head: string;
  /** Whether it is a shallow clone. */
  readonly isShallow: boolean;
  /** The repository name of its commits: from the remote, or from the folder. */
  readonly name: string;
  /** The web URL of the remote, without credentials; null without a remote, and for a local one. */
  readonly url: string | null;
  /** Returns the tag at HEAD, the highest version if there are several; null if there is none. */
  tag(): Promise<string | null>;
  /** Returns the output of `git describe`; null without tags. */
  describe(): Promise<string | null>;
  /** Returns a version of the date (UTC) and the hash of HEAD, such as `2026.11.29+edf608255a1b`: the same for the same commit. */
  dated(): Promise<string>;
  /** Returns the full hash of a commit; null if it is not in this repository. */
  findCommit(name: string): Promise<string | null>;
  /** Returns the tags of commits whose names match a glob such as `v*`, newest first. */
  tags(glob: string, limit: number): Promise<Tag[]>;
  /** Returns the commit of the nearest earlier tag in the history of a commit; null if there is none. */
  findTagBefore(commit: string, glob: string): Promise<string | null>;
  /** Returns the number of commits in a range. */
  count(range: LogRange): Promise<number>;
  /** Returns the commits of a range in the format of the server, newest first. With `paths`, only those that changed something there. */
  log(range: LogRange): AsyncGenerator<NewCommit, void, undefined>;
}

export type RepositoryOptions = {
  /** The remote to take the name from; default: SENTRY_VCS_REMOTE, `origin`, or the first remote. */
  readonly remote?: string | undefined;
  /** A name to use instead of that of the remote. */
  readonly name?: string | undefined;
  /** Files and folders, relative to the current folder, that limit the commits; default: the entire repository. */
  readonly paths?: readonly string[];
};

/** Opens the repository that contains `place.cwd`. @throws CliError `input` if there is none, it has no commits, or a path is unknown. */
export async function openRepository(place: GitOptions, options: RepositoryOptions = {}): Promise<Repository> {
  const root = await findRoot(place);
  const at = { ...place, cwd: root };
  const git = (...args: string[]) => runGit(at, args);
  const head = oneLine(await git("rev-parse", "--verify", "--quiet", "HEAD^{commit}"));
  if (head === null) throw new CliError("input", `${root} has no commits.`, "Create a commit first.");
  const isShallow = oneLine(await git("rev-parse", "--is-shallow-repository")) === "true";
  const shallowCommits = isShallow ? await readShallowCommits(at) : new Set<string>();
  const remote = await remoteUrl(at, options.remote);
  const limits = await findPaths(place, { root, head }, options.paths ?? []);
  const name = options.name ?? (remote === null ? null : repositoryName(remote)) ?? repositoryName(basename(at.cwd)) ?? "repository";
  return {
    root,
    head,
    isShallow,
    name,
    url: remote === null ? null : repositoryWebUrl(remote),
    tag: async () => oneLine(await git("-c", "versionsort.suffix=-", "tag", "--points-at", "HEAD", "--sort=-version:refname")),
    describe: async () => oneLine(await git("describe", "--tags")),
    async dated() {
      const seconds = oneLine(await git("show", "--no-patch", "--format=%ct", "HEAD"));
      const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 10).replaceAll("-", ".");
      return `${date}+${head.slice(0, 12)}`;
    },
    findCommit: async (revision) =>
      /^[0-9a-f]{4,64}$/i.test(revision) ? oneLine(await git("rev-parse", "--verify", "--quiet", `${revision}^{commit}`)) : null,
    tags: async (glob, limit) =>
      parseTags((await git("for-each-ref", "--sort=-creatordate", TAG_FORMAT, `refs/tags/${glob}`)).stdout, limit),
    async findTagBefore(commit, glob) {
      const tag = oneLine(await git("describe", "--tags", "--abbrev=0", `--match=${glob}`, `${commit}^`));
      return tag === null ? null : oneLine(await git("rev-parse", "--verify", "--quiet", `refs/tags/${tag}^{commit}`));
    },
    count: async ({ until = head, since, limit }) => {
      const output = oneLine(await git("rev-list", "--count", `--max-count=${limit}`, ...revisions(until, since), "--", ...limits));
      if (output === null) throw new CliError("failure", `git could not list the commits of ${root}.`);
      return Number(output);
    },
    async *log({ until = head, since, limit }) {
      const args = [
        "log",
        "-z",
        LOG_FORMAT,
        "--encoding=UTF-8",
        "--name-status",
        "--full-diff",
        "--no-renames",
        "--no-relative",
        "--no-color",
        "--no-notes",
      ];
      const pieces = streamGit(at, [...args, `--max-count=${limit}`, ...revisions(until, since), "--", ...limits]);
      for await (const commit of parseLog(pieces)) yield commitOfGit(commit, { repository: name, shallowCommits });
    },
  };
}

/** Both are full hashes, so git cannot parse either as an option. */
const revisions = (head: string, since: string | null): string[] => (since === null ? [head] : [head, `^${since}`]);

/** Converts paths to pathspecs of the root, without wildcards. @throws CliError `input` for a path that no commit changed. */
async function findPaths(
  place: GitOptions,
  { root, head }: Pick<Repository, "root" | "head">,
  paths: readonly string[],
): Promise<string[]> {
  const prefix = oneLine(await runGit(place, ["rev-parse", "--show-prefix"])) ?? "";
  const found: string[] = [];
  for (const path of paths) {
    const fromRoot = isAbsolute(path) ? relative(root, path) : posix.join(prefix, path.replaceAll(sep, "/"));
    const pathspec = `:(literal)${fromRoot.replaceAll(sep, "/")}`;
    const changed = await runGit({ ...place, cwd: root }, ["rev-list", "--max-count=1", head, "--", pathspec]);
    // An empty text, such as that of an unset variable, would be the current folder.
    if (path === "" || oneLine(changed) === null) {
      throw new CliError(
        "input",
        `No commit in ${root} changed "${path}".`,
        "Pass a file or folder of the repository, relative to the current folder.",
      );
    }
    found.push(pathspec);
  }
  return found;
}

/** A tag with a message is an object of its own that refers to another one (`*`). */
const TAG_FIELDS = ["refname:strip=2", "objecttype", "objectname", "*objecttype", "*objectname", "creatordate:iso-strict"];
const TAG_FORMAT = `--format=${TAG_FIELDS.map((field) => `%(${field})`).join("%00")}`;

/** Parses at most `limit` tags of commits; others, such as tags of trees, are omitted. */
function parseTags(output: string, limit: number): Tag[] {
  const tags: Tag[] = [];
  for (const line of output.split("\n")) {
    if (tags.length === limit) break;
    const [name = "", type, object = "", targetType, target = "", date = ""] = line.split("\0");
    const commit = type === "tag" ? target : object;
    if ((type === "tag" ? targetType : type) === "commit") tags.push({ name, commit, date: new Date(date) });
  }
  return tags;
}

async function findRoot(place: GitOptions): Promise<string> {
  const result = await runGit(place, ["rev-parse", "--show-toplevel"]);
  const root = oneLine(result);
  if (root !== null) return root;
  const isOwnership = result.stderr.includes("dubious ownership");
  throw new CliError(
    "input",
    isOwnership ? `git refuses to read ${place.cwd}, because another user owns it.` : `${place.cwd} is not inside a git repository.`,
    isOwnership
      ? `Run \`git config --global --add safe.directory ${place.cwd}\`.`
      : "Run the command in a git repository. In CI, check out the repository first.",
  );
}

/** Returns the commits at which the history of a shallow clone ends. */
async function readShallowCommits(at: GitOptions): Promise<Set<string>> {
  const path = oneLine(await runGit(at, ["rev-parse", "--git-path", "shallow"])) ?? "shallow";
  const content = await readFile(resolve(at.cwd, path), "utf8").catch(() => "");
  return new Set(content.split("\n").filter((line) => line !== ""));
}

/** Returns the URL of the remote; null without one. @throws CliError `input` if there is no remote with the configured name. */
async function remoteUrl(at: GitOptions, preferred: string | undefined): Promise<string | null> {
  const remotes = (await runGit(at, ["remote"])).stdout.split("\n").filter((line) => line !== "");
  const configured = preferred ?? (at.env["SENTRY_VCS_REMOTE"] || undefined);
  if (configured !== undefined && !remotes.includes(configured)) {
    throw new CliError("input", `The repository has no remote ${configured}.`, `Its remotes: ${remotes.join(", ") || "none"}.`);
  }
  const remote = configured ?? (remotes.includes("origin") ? "origin" : remotes[0]);
  return remote === undefined ? null : oneLine(await runGit(at, ["remote", "get-url", remote]));
}

/** Returns the first line of the output; null if git failed or printed nothing. */
const oneLine = ({ code, stdout }: GitResult): string | null => (code === 0 && stdout.split("\n", 1)[0]) || null;

/** The server's limit for repository names, in characters (contract 3.1). */
const MAX_NAME_LENGTH = 64;

/**
 * Returns the repository name in the URL of a remote: `acme/web` for `git@git.example.com:acme/web.git`, without host and credentials. For
 * a local path, returns the last part. Drops leading parts of names that are too long. Null if nothing is left.
 */
export function repositoryName(remote: string): string | null {
  const { path, isLocal } = pathOf(remote.trim());
  const parts = path
    .replace(/\.git\/*$/, "")
    .split("/")
    .filter((part) => part !== "");
  const shown = isLocal ? parts.slice(-1) : parts;
  while (shown.length > 1 && [...shown.join("/")].length > MAX_NAME_LENGTH) shown.shift();
  return [...shown.join("/")].slice(0, MAX_NAME_LENGTH).join("").trim() || null;
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
