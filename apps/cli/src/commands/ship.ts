import { type Outputs, walkPages } from "@landfall/client/create-client";
import { formatCount } from "@landfall/domain/format";
import { releaseUrl, requireOrganization, requireProjects } from "../command/arguments.ts";
import { command, count, flag, repeated, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { openRepository, type Repository } from "../git/open-repository.ts";
import { type CiRun, ciRun } from "../shipping/ci-run.ts";
import { createRelease, findRelease, nullIfMissing } from "../shipping/create-release.ts";
import { explainRange, fallbackWarning, findRange, INITIAL_DEPTH } from "../shipping/find-range.ts";
import { proposeVersion } from "../shipping/propose-version.ts";
import { earlierReleases, reportUrl, sendCommits } from "../shipping/send-commits.ts";
import type { UploadedBuild } from "../sourcemaps/upload-build.ts";

type Deploy = Outputs["deploys"]["create"];

export type Shipped = {
  readonly version: string;
  /** The URL of the page of the release. */
  readonly url: string;
  readonly projects: readonly string[];
  /** Whether the release was created or added to a project. */
  readonly created: boolean;
  /** How many commits were sent. */
  readonly commits: number;
  /** The release that the commits follow. */
  readonly previous: string | null;
  /** The uploaded scripts and source maps; null without `--sourcemaps`. */
  readonly sourcemaps: UploadedBuild | null;
  readonly dateReleased: string | null;
  /** The deploy, and whether it was recorded now; null without an environment. */
  readonly deploy: (Deploy & { readonly created: boolean }) | null;
  readonly warnings: readonly string[];
};

/** Records everything about a version from the current git repository: release, commits, source maps, release date, deploy. */
export const ship = command({
  describe: "report a release from this git repository with its commits, release date, and deploy",
  details: `The version is the first of these that exists: the argument, LANDFALL_RELEASE or SENTRY_RELEASE, the tag or commit of the CI run,
the tag at HEAD, \`git describe\`, the date and hash of the commit at HEAD (2026.11.29+edf608255a1b).

The commits are those since the last commit of the previous release, with authors and changed files; for the first release, the newest
20. No Git integration is required. If a shallow clone does not contain the previous commit, the newest 20 are sent with a warning.
In a monorepo, --path apps/web sends only the commits that changed something there, with all their files.
The URL of the git remote is reported too, without credentials. The server stores it if the repository has no URL.

With --sourcemaps, the scripts and source maps of a build are uploaded before the release is finalized, unchanged and named by their paths
below the folder, like \`sourcemaps upload\` with its defaults. Before you deploy the build, run \`sourcemaps inject\` to add debug ids.

With an environment (-e, LANDFALL_ENVIRONMENT, or SENTRY_ENVIRONMENT), a deploy is recorded too, named after the CI run. Running the command
again changes nothing: a deploy of the same version to the same environment with the same name is not recorded twice, unless
--force-deploy is used. A new CI run has a new name, so a rollback to an old version is recorded as a new deploy.

With --allow-failure, the command prints a warning and exits with 0 if the server is down or rejects the request, so that it never blocks
a deployment.`,
  arguments: { version: text("[version]", "the version; see above for the default") },
  options: {
    environment: text("-e, --env <name>", "the environment of the deploy; without it no deploy is recorded"),
    name: text("-n, --name <name>", "the name of the deploy (default: that of the CI run)"),
    deployUrl: text("--deploy-url <url>", "a link to the deploy (default: the CI run)"),
    releaseUrl: text("--release-url <url>", "a link to information about the release"),
    initialDepth: count("--initial-depth <count>", "how many commits to send for the first release (default: 20)", INITIAL_DEPTH, 1),
    repository: text("--repository <name>", "the name of the repository (default: from the remote, such as acme/web)"),
    remote: text("--remote <name>", "the remote to take the name from (SENTRY_VCS_REMOTE; default: origin)"),
    sourcemaps: repeated("--sourcemaps <folder>", "upload the source maps of the build in this folder; may be repeated"),
    urlPrefix: text("--url-prefix <prefix>", "the prefix of the URLs of the uploaded files (default: ~/)"),
    path: repeated("--path <path>", "send only commits that changed this file or folder, for monorepos; may be repeated"),
    createProject: flag("--create-project", "create projects that do not exist"),
    skipCommits: flag("--skip-commits", "send no commits"),
    skipFinalize: flag("--skip-finalize", "do not set the release date"),
    forceDeploy: flag("--force-deploy", "record the deploy even if the same one exists"),
  },
  examples: [
    "ship -p web -e production",
    "ship -e production --sourcemaps dist",
    "ship web@1.4.0 -p web --path apps/web --path packages/ui",
    "ship web@1.4.0 -p web -p api -e production --allow-failure",
    "ship --dry-run --json",
  ],
  writes: true,
  async run(context, args): Promise<Shipped> {
    const { runtime, settings } = context;
    const organization = requireOrganization(context);
    const projects = requireProjects(context);
    const place = { cwd: runtime.cwd, env: runtime.env, signal: runtime.signal };
    const repository = await openRepository(place, { remote: args.remote, name: args.repository, paths: args.path });
    const { value: version } = await proposeVersion(context, args.version, repository);
    const at = { organization, version };

    const result = await createRelease(context, { ...at, projects, ref: repository.head, url: args.releaseUrl }, args.createProject);
    // A dry run uses the existing release, if any, in place of the one it would create.
    const release = result?.release ?? (await findRelease(context, at));
    const { commits, previous } = args.skipCommits
      ? { commits: 0, previous: null }
      : await shipCommits(context, repository, { ...at, projects, depth: args.initialDepth });
    const sourcemaps = args.sourcemaps.length === 0 ? null : await shipBuild(context, { ...at, projects }, args);
    const dateReleased = release?.dateReleased ?? (args.skipFinalize ? null : await finalize(context, at));
    const environment = args.environment ?? settings.environment?.value;
    const deploy =
      environment === undefined
        ? null
        : await recordDeploy(context, { ...at, environment: environment.trim(), ...deployFacts(args, ciRun(runtime)) }, args.forceDeploy);
    return {
      version,
      url: releaseUrl(settings.url?.value ?? "", organization, version),
      projects,
      created: result?.created ?? false,
      commits,
      previous,
      sourcemaps,
      dateReleased,
      deploy,
      warnings: context.warnings,
    };
  },
  print({ version, url, commits, sourcemaps, dateReleased, deploy }, paint) {
    const parts = [formatCount(commits, "commit")];
    if (sourcemaps) parts.push(formatCount(sourcemaps.files.length, "file"));
    parts.push(dateReleased === null ? "not finalized" : "finalized");
    if (deploy) parts.push(`${deploy.created ? "deployed" : "already deployed"} to ${deploy.environment}`);
    return `${paint.bold(version)}: ${parts.join(", ")}. ${url}`;
  },
});

type At = { readonly organization: string; readonly version: string };

async function shipCommits(context: Context, repository: Repository, target: At & { projects: readonly string[]; depth: number }) {
  const range = await findRange(repository, earlierReleases(context, target), target.depth);
  const reason = explainRange(repository, range);
  if (reason !== null) context.warn(fallbackWarning(reason, range));
  const { organization, version } = target;
  const commits = await sendCommits(context, repository, range, { organization, version });
  await reportUrl(context, repository, organization);
  return { commits, previous: range.previous?.version ?? null };
}

type BuildArguments = { readonly sourcemaps: readonly string[]; readonly urlPrefix?: string | undefined };

async function shipBuild(context: Context, target: At & { projects: readonly string[] }, args: BuildArguments): Promise<UploadedBuild> {
  const { uploadBuild, DEFAULTS } = await import("../sourcemaps/upload-build.ts");
  const { version: release, ...about } = target;
  return uploadBuild(context, { ...DEFAULTS, ...about, release, paths: args.sourcemaps, urlPrefix: args.urlPrefix ?? DEFAULTS.urlPrefix });
}

async function finalize(context: Context, at: At): Promise<string | null> {
  const release = await context.write("releases.update", { ...at, dateReleased: context.runtime.now() }, (input) =>
    context.client.releases.update.mutate(input),
  );
  return release?.dateReleased ?? null;
}

type DeployArguments = { readonly name?: string | undefined; readonly deployUrl?: string | undefined };

/** The limits of the server. Values from CI are cut or omitted; values from flags are sent unchanged. */
const MAX_LENGTH = { name: 64, url: 200 } as const;

function deployFacts({ name, deployUrl }: DeployArguments, run: CiRun | null): { name: string | null; url: string | null } {
  const runUrl = run?.url && run.url.length <= MAX_LENGTH.url ? run.url : null;
  return { name: (name ?? run?.name?.slice(0, MAX_LENGTH.name))?.trim() || null, url: deployUrl ?? runUrl };
}

type NewDeploy = At & { readonly environment: string; readonly name: string | null; readonly url: string | null };

async function recordDeploy(context: Context, deploy: NewDeploy, isForced: boolean): Promise<Shipped["deploy"]> {
  const existing = isForced ? null : await findDeploy(context, deploy).catch(nullIfMissing);
  if (existing) return { ...existing, created: false };
  const created = await context.write("deploys.create", deploy, (input) => context.client.deploys.create.mutate(input));
  return created ? { ...created, created: true } : null;
}

/** Finds a deploy of this version to this environment with this name; null if there is none. */
async function findDeploy({ client }: Context, { organization, version, environment, name }: NewDeploy): Promise<Deploy | null> {
  const at = { organization, version, all: true };
  for await (const deploy of walkPages((cursor) => client.deploys.list.query({ ...at, cursor }))) {
    if (deploy.environment === environment && deploy.name === name) return deploy;
  }
  return null;
}
