import type { Release } from "@landfall/client/create-client";
import { setCommits } from "@landfall/client/set-commits";
import { MAX_COMMITS } from "@landfall/schema/constants";
import { optionalProjects, requireOrganization, requireVersion } from "../command/arguments.ts";
import { command, count, flag, repeated, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { openRepository } from "../git/open-repository.ts";
import { type CommitRange, explainRange, findRange } from "../shipping/find-range.ts";
import { earlierReleases, sendCommits } from "../shipping/send-commits.ts";
import { CliError } from "../system/errors.ts";

type Set = {
  readonly version: string;
  readonly mode: "git" | "refs" | "clear";
  readonly commits: number;
  /** The version the commits start after. */
  readonly previous: string | null;
};

const DEPTH = 20;

/** Sets which commits a release has. */
export const setReleaseCommits = command({
  describe: "set a release's commits, from git or by name",
  details: `By default the commits of the current git folder since the previous release, with authors and changed files; for the first
release the newest 20. The list is replaced as a whole or not at all. When nothing is new, the release is left alone.
Where projects are named, the release is made if it is not there.`,
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  options: {
    auto: flag("--auto", "from git; this is the default"),
    local: flag("--local", "from git; this is the default"),
    commit: repeated("-c, --commit <repo@sha>", "name a repository's head, or repo@previous..sha; repeat it for more"),
    clear: flag("--clear", "take the commits away"),
    from: text("--from <sha>", "the commit that was released before, in place of the previous release's"),
    initialDepth: count("--initial-depth <count>", "how many commits the first release gets (20)", DEPTH, 1),
    ignoreMissing: flag("--ignore-missing", "send the newest commits when the previous release's commit is not in this repository"),
    repository: text("--repository <name>", "the name of the repository; by default the remote's, such as acme/web"),
    remote: text("--remote <name>", "the remote that names the repository (SENTRY_VCS_REMOTE; origin)"),
  },
  examples: [
    "releases set-commits web@1.4.0",
    "releases set-commits web@1.4.0 --commit acme/web@1b2c3d4..4f2c9a1",
    "releases set-commits web@1.4.0 --clear",
  ],
  writes: true,
  async run(context, args): Promise<Set | undefined> {
    if ([args.auto || args.local, args.commit.length > 0, args.clear].filter(Boolean).length > 1) {
      throw new CliError("usage", "--auto or --local, --commit and --clear exclude each other.");
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
    if (mode === "clear") return `Took the commits of release ${version} away`;
    if (mode === "refs") return `Set the heads of release ${version}`;
    if (commits === 0) return `Nothing is new since ${previous ?? "before"}; release ${version} was left alone`;
    return `Set ${commits} ${commits === 1 ? "commit" : "commits"} for release ${version}${previous === null ? "" : `, since ${previous}`}`;
  },
});

type At = { readonly organization: string; readonly version: string };
type GitArguments = Parameters<typeof setReleaseCommits.run>[1];

/** As sentry-cli does: naming projects is enough to have the release made. */
async function ensureRelease(context: Context, at: At): Promise<void> {
  const projects = optionalProjects(context);
  if (projects.length > 0)
    await context.write("releases.create", { ...at, projects }, (input) => context.client.releases.create.mutate(input));
}

async function clear(context: Context, at: At): Promise<Set | undefined> {
  const release: Release | undefined = await context.write("releases.update", { ...at, refs: [] }, () =>
    setCommits(context.client, { ...at, commits: [], signal: context.world.signal }),
  );
  return release && { version: release.version, mode: "clear", commits: release.commitCount, previous: null };
}

async function fromGit(context: Context, at: At, args: GitArguments): Promise<Set> {
  const { world } = context;
  const repository = await openRepository(
    { cwd: world.cwd, env: world.env, signal: world.signal },
    { remote: args.remote, name: args.repository },
  );
  const range = args.from === undefined ? await rangeOf() : await explicitRange(args.from);
  const commits = await sendCommits(context, repository, range, at);
  return { version: at.version, mode: "git", commits, previous: range.previous?.version ?? null };

  async function rangeOf(): Promise<CommitRange> {
    const found = await findRange(repository, earlierReleases(context, { ...at, projects: optionalProjects(context) }), args.initialDepth);
    const odd = explainRange(repository, found);
    if (odd !== null && !args.ignoreMissing) {
      throw new CliError(
        "input",
        odd.replace("are taken", "would be taken"),
        "Add --ignore-missing to send them, or --from <sha> to say where to start.",
      );
    }
    if (odd !== null) context.warn(odd);
    return found;
  }

  async function explicitRange(from: string): Promise<CommitRange> {
    const since = await repository.findCommit(from);
    if (since === null)
      throw new CliError(
        "input",
        `The commit ${from} is not in ${repository.root}.`,
        "Give a sha of this repository's history; in CI, fetch all of it.",
      );
    return { since, most: MAX_COMMITS, previous: null };
  }
}

/** A repository's head in a release, and the one before. */
export type Reference = { readonly repository: string; readonly commit: string; readonly previousCommit?: string };

/** Reads `REPO@SHA` or `REPO@PREVIOUS..SHA`. Throws a CliError for anything else. */
export function parseReference(text: string): Reference {
  const [, repository, previousCommit, commit] = /^(.+)@(?:([^@.]+)\.\.)?([^@.]+)$/.exec(text) ?? [];
  if (repository === undefined || commit === undefined) {
    throw new CliError(
      "usage",
      `"${text}" is not a repository and a commit.`,
      "Write it like acme/web@4f2c9a1 or acme/web@1b2c3d4..4f2c9a1.",
    );
  }
  return previousCommit === undefined ? { repository, commit } : { repository, commit, previousCommit };
}
