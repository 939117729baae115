import type { Release } from "@landfall/client/create-client";
import { setCommits } from "@landfall/client/set-commits";
import { formatCount } from "@landfall/domain/format";
import { MAX_COMMITS } from "@landfall/schema/constants";
import { optionalProjects, requireOrganization, requireVersion } from "../command/arguments.ts";
import { command, count, flag, repeated, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { openRepository } from "../git/open-repository.ts";
import { type CommitRange, explainRange, fallbackWarning, findRange, INITIAL_DEPTH } from "../shipping/find-range.ts";
import { earlierReleases, reportUrl, sendCommits } from "../shipping/send-commits.ts";
import { CliError } from "../system/errors.ts";

type CommitsSet = {
  readonly version: string;
  readonly mode: "git" | "refs" | "clear";
  readonly commits: number;
  /** The release that the commits follow. */
  readonly previous: string | null;
};

/** Sets the commits of a release. */
export const setReleaseCommits = command({
  describe: "set the commits of a release, from git or by hash",
  details: `By default, sends the commits of the current git repository since the previous release, with authors and changed files; for the
first release, the newest 20. The list is replaced atomically. If there are no new commits, the release is not changed.
The URL of the git remote is reported too, without credentials. The server stores it if the repository has no URL.
If projects are specified, the release is created if it does not exist.`,
  arguments: { version: text("[version]", "the version (default: LANDFALL_RELEASE or SENTRY_RELEASE)") },
  options: {
    auto: flag("--auto", "read the commits from git (default)"),
    local: flag("--local", "read the commits from git (default)"),
    commit: repeated("-c, --commit <repo@sha>", "the head commit of a repository, or repo@previous..sha; may be repeated"),
    clear: flag("--clear", "remove all commits"),
    from: text("--from <sha>", "the commit to start after (default: that of the previous release)"),
    initialDepth: count("--initial-depth <count>", "how many commits to send for the first release (default: 20)", INITIAL_DEPTH, 1),
    ignoreMissing: flag("--ignore-missing", "if the commit of the previous release is not in this repository, send the newest commits"),
    path: repeated("--path <path>", "send only commits that changed this file or folder, for monorepos; may be repeated"),
    repository: text("--repository <name>", "the name of the repository (default: from the remote, such as acme/web)"),
    remote: text("--remote <name>", "the remote to take the name from (SENTRY_VCS_REMOTE; default: origin)"),
  },
  examples: [
    "releases set-commits web@1.4.0",
    "releases set-commits web@1.4.0 --commit acme/web@1b2c3d4..4f2c9a1",
    "releases set-commits web@1.4.0 --path apps/web",
    "releases set-commits web@1.4.0 --clear",
  ],
  writes: true,
  async run(context, args): Promise<CommitsSet | undefined> {
    if ([args.auto || args.local, args.commit.length > 0, args.clear].filter(Boolean).length > 1) {
      throw new CliError("usage", "--auto or --local, --commit, and --clear cannot be combined.");
    }
    const at = { organization: requireOrganization(context), version: requireVersion(context, args.version) };
    const refs = args.commit.map(parseReference);
    await ensureRelease(context, at);
    if (args.clear) return clear(context, at);
    if (refs.length > 0) {
      const release = await context.write("releases.update", { ...at, refs }, (input) => context.client.releases.update.mutate(input));
      return release && { version: at.version, mode: "refs", commits: release.commitCount, previous: null };
    }
    return fromGit(context, at, args);
  },
  print({ version, mode, commits, previous }) {
    if (mode === "clear") return `Removed the commits of release ${version}`;
    if (mode === "refs") return `Set the head commits of release ${version}`;
    if (commits === 0) return `No new commits since ${previous ?? "the previous release"}; release ${version} was not changed`;
    return `Set ${formatCount(commits, "commit")} for release ${version}${previous === null ? "" : `, since ${previous}`}`;
  },
});

type At = { readonly organization: string; readonly version: string };
type GitArguments = Parameters<typeof setReleaseCommits.run>[1];

/** As in sentry-cli, the release is created if projects are specified. */
async function ensureRelease(context: Context, at: At): Promise<void> {
  const projects = optionalProjects(context);
  if (projects.length > 0)
    await context.write("releases.create", { ...at, projects }, (input) => context.client.releases.create.mutate(input));
}

async function clear(context: Context, at: At): Promise<CommitsSet | undefined> {
  const release: Release | undefined = await context.write("releases.update", { ...at, refs: [] }, () =>
    setCommits(context.client, { ...at, commits: [], signal: context.runtime.signal }),
  );
  return release && { version: release.version, mode: "clear", commits: release.commitCount, previous: null };
}

async function fromGit(context: Context, at: At, args: GitArguments): Promise<CommitsSet> {
  const { runtime } = context;
  const repository = await openRepository(
    { cwd: runtime.cwd, env: runtime.env, signal: runtime.signal },
    { remote: args.remote, name: args.repository, paths: args.path },
  );
  const range = args.from === undefined ? await rangeOf() : await explicitRange(args.from);
  const commits = await sendCommits(context, repository, range, at);
  await reportUrl(context, repository, at.organization);
  return { version: at.version, mode: "git", commits, previous: range.previous?.version ?? null };

  async function rangeOf(): Promise<CommitRange> {
    const found = await findRange(repository, earlierReleases(context, { ...at, projects: optionalProjects(context) }), args.initialDepth);
    const reason = explainRange(repository, found);
    if (reason !== null && !args.ignoreMissing) {
      throw new CliError(
        "input",
        reason,
        `Use --ignore-missing to send the newest ${found.limit} commits, or --from <sha> to set the commit to start after.`,
      );
    }
    if (reason !== null) context.warn(fallbackWarning(reason, found));
    return found;
  }

  async function explicitRange(from: string): Promise<CommitRange> {
    const since = await repository.findCommit(from);
    if (since === null)
      throw new CliError(
        "input",
        `${repository.root} does not contain the commit ${from}.`,
        "Pass the hash of a commit in the history of this repository. In CI, fetch the full history.",
      );
    return { since, limit: MAX_COMMITS, previous: null };
  }
}

/** The head commit of a repository in a release, and that of the previous release. */
export type Reference = { readonly repository: string; readonly commit: string; readonly previousCommit?: string };

/** Parses `REPO@SHA` or `REPO@PREVIOUS..SHA`. @throws CliError `usage` for anything else. */
export function parseReference(text: string): Reference {
  const [, repository, previousCommit, commit] = /^(.+)@(?:([^@.]+)\.\.)?([^@.]+)$/.exec(text) ?? [];
  if (repository === undefined || commit === undefined) {
    throw new CliError("usage", `Invalid --commit "${text}".`, "Expected acme/web@4f2c9a1 or acme/web@1b2c3d4..4f2c9a1.");
  }
  return { repository, commit, previousCommit };
}
