import { MAX_COMMITS } from "@landfall/schema/constants";
import { formatCount } from "@landfall/domain/format";
import { requireOrganization, requireProjects } from "../command/arguments.ts";
import { command, count, flag, repeated, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { openRepository, type Repository, type Tag } from "../git/open-repository.ts";
import { createRelease, findRelease } from "../shipping/create-release.ts";
import { INITIAL_DEPTH } from "../shipping/find-range.ts";
import { versionProblem } from "../shipping/propose-version.ts";
import { reportUrl, sendCommits } from "../shipping/send-commits.ts";

type ImportedRelease = { readonly version: string; readonly tag: string; readonly commits: number };

type Imported = {
  /** The new releases, oldest first. */
  readonly imported: readonly ImportedRelease[];
  /** The versions that were not changed, because their releases are finalized or were reported from another commit. */
  readonly existing: readonly string[];
  /** Whether it was a dry run, which imports nothing. */
  readonly dryRun: boolean;
  readonly warnings: readonly string[];
};

const DEFAULT_LIMIT = 50;

/** Creates releases from the tags of the current git repository. */
export const importTags = command({
  describe: "create releases with commits and dates from the tags of this git repository",
  details: `Each tag becomes a release: the version is the name of the tag, the release date is that of the tag, and the commits are those since
the nearest earlier tag in its history; for the first tag, the newest 20. Deploys are not known from tags.

A tag such as web/v1.4.0 contains a slash, which versions cannot: with \`--match 'web/*' --strip-prefix web/v --package web\` its version is
web@1.4.0. Running the command again imports only new tags, and continues after an interruption. Releases that are finalized, or were reported from
another commit, are not changed.`,
  options: {
    match: text("--match <glob>", "only tags whose names match this glob, such as 'v*' (default: all tags)"),
    stripPrefix: text("--strip-prefix <text>", "remove this text from the beginning of the tag names"),
    package: text("--package <name>", "add this package to the versions, as in web@1.4.0; a leading v is removed"),
    limit: count("--limit <count>", `how many tags to import, the newest first (default: ${DEFAULT_LIMIT})`, DEFAULT_LIMIT, 1),
    path: repeated("--path <path>", "only commits that changed this file or folder; may be repeated"),
    repository: text("--repository <name>", "the name of the repository (default: from the remote, such as acme/web)"),
    remote: text("--remote <name>", "the remote to take the name from (SENTRY_VCS_REMOTE; default: origin)"),
    createProject: flag("--create-project", "create projects that do not exist"),
  },
  examples: [
    "import git-tags -p web",
    "import git-tags -p web --match 'web/*' --strip-prefix web/v --package web --path apps/web --dry-run",
  ],
  writes: true,
  hasDryRunResult: true,
  async run(context, args): Promise<Imported> {
    const { runtime } = context;
    const target = { organization: requireOrganization(context), projects: requireProjects(context), createsProjects: args.createProject };
    const place = { cwd: runtime.cwd, env: runtime.env, signal: runtime.signal };
    const repository = await openRepository(place, { remote: args.remote, name: args.repository, paths: args.path });
    const glob = args.match ?? "**";
    const tags = (await repository.tags(glob, args.limit)).toReversed();
    if (tags.length === 0) context.warn(`${repository.root} has no tags${args.match === undefined ? "" : ` that match ${args.match}`}.`);

    const imported: ImportedRelease[] = [];
    const existing: string[] = [];
    for (const tag of tags) {
      const version = versionOf(tag, args);
      const problem = versionProblem(version);
      if (problem !== null) {
        context.warn(`Skipped tag ${tag.name}: "${version}" is not a valid version, because ${problem}. See --strip-prefix.`);
      } else if (await isReported(context, target.organization, version, tag)) {
        existing.push(version);
      } else {
        const commits = await importTag(context, repository, { ...target, version, tag, glob });
        imported.push({ version, tag: tag.name, commits });
        context.info(`${imported.length + existing.length}/${tags.length} ${version}: ${formatCount(commits, "commit")}`);
      }
    }
    if (imported.length > 0) await reportUrl(context, repository, target.organization);
    return { imported, existing, dryRun: context.isDryRun, warnings: context.warnings };
  },
  print({ imported, existing, dryRun }) {
    const commits = imported.reduce((sum, release) => sum + release.commits, 0);
    const others = existing.length === 0 ? "" : ` ${formatCount(existing.length, "release")} existed.`;
    return `${dryRun ? "Would import" : "Imported"} ${formatCount(imported.length, "release")} with ${formatCount(commits, "commit")}.${others}`;
  },
});

function versionOf({ name }: Tag, { stripPrefix = "", package: packageName }: { stripPrefix?: string; package?: string }): string {
  const stripped = name.startsWith(stripPrefix) ? name.slice(stripPrefix.length) : name;
  return packageName === undefined ? stripped : `${packageName}@${stripped.replace(/^v(?=\d)/, "")}`;
}

/** Whether the release exists, and is not the rest of an interrupted import. */
async function isReported(context: Context, organization: string, version: string, { commit }: Tag): Promise<boolean> {
  const release = await findRelease(context, { organization, version });
  return release !== null && (release.dateReleased !== null || release.ref !== commit);
}

type Import = {
  readonly organization: string;
  readonly projects: readonly string[];
  readonly createsProjects: boolean;
  readonly version: string;
  readonly tag: Tag;
  readonly glob: string;
};

/** Creates the release, then sends its commits; the release date is last, so that an interrupted import continues here. */
async function importTag(context: Context, repository: Repository, { createsProjects, tag, glob, ...release }: Import): Promise<number> {
  const { organization, version } = release;
  await createRelease(context, { ...release, ref: tag.commit }, createsProjects);
  const since = await repository.findTagBefore(tag.commit, glob);
  const range = { until: tag.commit, since, limit: since === null ? INITIAL_DEPTH : MAX_COMMITS, previous: null };
  const commits = await sendCommits(context, repository, range, { organization, version });
  await context.write("releases.update", { organization, version, dateReleased: tag.date }, (input) =>
    context.client.releases.update.mutate(input),
  );
  return commits;
}
