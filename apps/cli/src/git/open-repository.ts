import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { NewCommit } from "@landfall/client/procedure-types";
import { CliError } from "../cli-error.ts";
import { commitOfGit } from "./commit-of-git.ts";
import { LOG_FORMAT, parseLog } from "./parse-log.ts";
import { repositoryName } from "./repository-name.ts";
import { type GitAnswer, type GitPlace, runGit } from "./run-git.ts";
import { streamGit } from "./stream-git.ts";

export type LogRange = {
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
export async function openRepository(place: GitPlace, options: RepositoryOptions = {}): Promise<Repository> {
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

async function findRoot(place: GitPlace): Promise<string> {
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
async function readCutOff(at: GitPlace): Promise<Set<string>> {
  const path = oneLine(await runGit(at, ["rev-parse", "--git-path", "shallow"])) ?? "shallow";
  const content = await readFile(resolve(at.cwd, path), "utf8").catch(() => "");
  return new Set(content.split("\n").filter((line) => line !== ""));
}

async function nameOf(at: GitPlace, wanted: string | undefined): Promise<string> {
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
const oneLine = ({ code, stdout }: GitAnswer): string | null => (code === 0 && stdout.split("\n", 1)[0]) || null;
