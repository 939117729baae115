import { type Outputs, type Release, walkPages } from "@landfall/client/create-client";
import { isLandfallError } from "@landfall/client/landfall-error";
import { releaseUrl, requireOrganization, requireProjects } from "../command/arguments.ts";
import { command, count, flag, repeated, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { openRepository, type Repository } from "../git/open-repository.ts";
import { type CiRun, ciRun } from "../shipping/ci-run.ts";
import { explainRange, findRange } from "../shipping/find-range.ts";
import { proposeVersion } from "../shipping/propose-version.ts";
import { earlierReleases, sendCommits } from "../shipping/send-commits.ts";
import type { UploadedBuild } from "../sourcemaps/upload-build.ts";

type Deploy = Outputs["deploys"]["create"];

export type Shipped = {
  readonly version: string;
  /** The page of the release. */
  readonly url: string;
  readonly projects: readonly string[];
  /** Whether the release was new, or new in one of the projects. */
  readonly created: boolean;
  /** How many commits it got now. */
  readonly commits: number;
  /** The version its commits start after. */
  readonly previous: string | null;
  /** The scripts and source maps that were uploaded for it; null when no build was named. */
  readonly sourcemaps: UploadedBuild | null;
  readonly dateReleased: string | null;
  /** The deploy, and whether it was recorded now; null when no environment was named. */
  readonly deploy: (Deploy & { readonly created: boolean }) | null;
  readonly warnings: readonly string[];
};

const DEPTH = 20;

/** Everything a pipeline has to tell about a version, from the current git folder in one call. */
export const ship = command({
  describe: "record what this git folder ships: release, commits, finalize, deploy",
  details: `The version is the one given, else LANDFALL_RELEASE or SENTRY_RELEASE, else the tag or commit that CI builds, else the tag
at HEAD, else \`git describe\`, else the sha of HEAD.

The commits are those since the previous release's last commit, with their authors and changed files; for the first release
the newest 20. No Git integration is needed. In a shallow clone that lacks the previous commit, the newest 20 are sent and a
warning says so.

With --sourcemaps the scripts and source maps of a build are uploaded before the release is finalized, as \`sourcemaps upload\` does it by
default: named after their paths below the folder, as they are. Give them debug ids before you deploy them, with \`sourcemaps inject\`.

With an environment (-e, LANDFALL_ENVIRONMENT or SENTRY_ENVIRONMENT) the deploy is recorded too, named after the CI run.
Running it again changes nothing: a deploy of the same version to the same environment with the same name is not recorded
twice, unless --force-deploy says so. A new CI run has a new name: rolling back by shipping an old version again is a deploy.

With --allow-failure it warns and exits with 0 when the server is down or refuses, so that the tracker never stops a deploy.`,
  arguments: { version: text("[version]", "the version; see above for what it is by default") },
  options: {
    environment: text("-e, --env <name>", "where it is deployed to; without one no deploy is recorded"),
    name: text("-n, --name <name>", "the deploy's name; by default the CI run's"),
    deployUrl: text("--deploy-url <url>", "where the deploy can be looked at; by default the CI run"),
    releaseUrl: text("--release-url <url>", "a page about the release, kept with it"),
    initialDepth: count("--initial-depth <count>", "how many commits the first release gets (20)", DEPTH, 1),
    repository: text("--repository <name>", "the name of the repository; by default the remote's, such as acme/web"),
    remote: text("--remote <name>", "the remote that names the repository (SENTRY_VCS_REMOTE; origin)"),
    sourcemaps: repeated("--sourcemaps <folder>", "upload the source maps of the build in this folder; repeat it for more"),
    urlPrefix: text("--url-prefix <prefix>", "what the addresses of the build's files begin with (~/)"),
    skipCommits: flag("--skip-commits", "send no commits"),
    skipFinalize: flag("--skip-finalize", "leave the release unreleased"),
    forceDeploy: flag("--force-deploy", "record the deploy although there is the same already"),
  },
  examples: [
    "ship -p web -e production",
    "ship -e production --sourcemaps dist",
    "ship web@1.4.0 -p web -p api -e production --allow-failure",
    "ship --dry-run --json",
  ],
  writes: true,
  async run(context, args): Promise<Shipped> {
    const { world, settings } = context;
    const organization = requireOrganization(context);
    const projects = requireProjects(context);
    const place = { cwd: world.cwd, env: world.env, signal: world.signal };
    const repository = await openRepository(place, { remote: args.remote, name: args.repository });
    const { value: version } = await proposeVersion(context, args.version, repository);
    const at = { organization, version };

    const made = await context.write(
      "releases.create",
      { ...at, projects, ref: repository.head, ...(args.releaseUrl === undefined ? {} : { url: args.releaseUrl }) },
      (input) => context.client.releases.create.mutate(input),
    );
    const known = made?.release ?? (await findRelease(context, at));
    const { commits, previous } = args.skipCommits
      ? { commits: 0, previous: null }
      : await shipCommits(context, repository, { ...at, projects, depth: args.initialDepth });
    const sourcemaps = args.sourcemaps.length === 0 ? null : await shipBuild(context, { ...at, projects }, args);
    const dateReleased = known?.dateReleased ?? (args.skipFinalize ? null : await finalize(context, at));
    const environment = args.environment ?? settings.environment?.value;
    const deploy =
      environment === undefined
        ? null
        : await recordDeploy(context, { ...at, environment: environment.trim(), ...deployFacts(args, ciRun(world)) }, args.forceDeploy);
    return {
      version,
      url: releaseUrl(settings.url?.value ?? "", organization, version),
      projects,
      created: made?.created ?? false,
      commits,
      previous,
      sourcemaps,
      dateReleased,
      deploy,
      warnings: context.warnings,
    };
  },
  print({ version, url, commits, sourcemaps, dateReleased, deploy }, paint) {
    const parts = [`${commits} ${commits === 1 ? "commit" : "commits"}`];
    if (sourcemaps) parts.push(`${sourcemaps.files.length} ${sourcemaps.files.length === 1 ? "file" : "files"}`);
    parts.push(dateReleased === null ? "not finalized" : "finalized");
    if (deploy) parts.push(`${deploy.created ? "deployed" : "was deployed"} to ${deploy.environment}`);
    return `${paint.bold(version)}: ${parts.join(", ")}. ${url}`;
  },
});

type At = { readonly organization: string; readonly version: string };

async function shipCommits(context: Context, repository: Repository, target: At & { projects: readonly string[]; depth: number }) {
  const range = await findRange(repository, earlierReleases(context, target), target.depth);
  const odd = explainRange(repository, range);
  if (odd !== null) context.warn(odd);
  const { organization, version } = target;
  const commits = await sendCommits(context, repository, range, { organization, version });
  return { commits, previous: range.previous?.version ?? null };
}

type BuildArguments = { readonly sourcemaps: readonly string[]; readonly urlPrefix: string | undefined };

async function shipBuild(context: Context, target: At & { projects: readonly string[] }, args: BuildArguments): Promise<UploadedBuild> {
  const { uploadBuild, DEFAULTS } = await import("../sourcemaps/upload-build.ts");
  const { version: release, ...about } = target;
  return uploadBuild(context, { ...DEFAULTS, ...about, release, paths: args.sourcemaps, urlPrefix: args.urlPrefix ?? DEFAULTS.urlPrefix });
}

/** What a dry run finds in the place of what it would have made. */
const findRelease = ({ client }: Context, at: At): Promise<Release | null> => client.releases.get.query(at).catch(nullIfMissing);

async function finalize(context: Context, at: At): Promise<string | null> {
  const release = await context.write("releases.update", { ...at, dateReleased: context.world.now() }, (input) =>
    context.client.releases.update.mutate(input),
  );
  return release?.dateReleased ?? null;
}

type DeployArguments = { readonly name: string | undefined; readonly deployUrl: string | undefined };

/** What the server takes at most; what CI says is shortened or left out, what a person says is not. */
const LONGEST = { name: 64, url: 200 } as const;

function deployFacts({ name, deployUrl }: DeployArguments, run: CiRun | null): { name: string | null; url: string | null } {
  const runUrl = run?.url && run.url.length <= LONGEST.url ? run.url : null;
  return { name: (name ?? run?.name?.slice(0, LONGEST.name))?.trim() || null, url: deployUrl ?? runUrl };
}

type NewDeploy = At & { readonly environment: string; readonly name: string | null; readonly url: string | null };

async function recordDeploy(context: Context, deploy: NewDeploy, isForced: boolean): Promise<Shipped["deploy"]> {
  const known = isForced ? null : await findDeploy(context, deploy).catch(nullIfMissing);
  if (known) return { ...known, created: false };
  const made = await context.write("deploys.create", deploy, (input) => context.client.deploys.create.mutate(input));
  return made ? { ...made, created: true } : null;
}

/** A deploy of this version to this environment with this name. */
async function findDeploy({ client }: Context, { organization, version, environment, name }: NewDeploy): Promise<Deploy | null> {
  const at = { organization, version, all: true };
  for await (const deploy of walkPages((cursor) => client.deploys.list.query({ ...at, ...(cursor === undefined ? {} : { cursor }) }))) {
    if (deploy.environment === environment && deploy.name === name) return deploy;
  }
  return null;
}

function nullIfMissing(error: unknown): null {
  if (isLandfallError(error) && error.code === "not_found") return null;
  throw error;
}
