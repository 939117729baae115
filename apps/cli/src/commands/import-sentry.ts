import { formatCount } from "@landfall/domain/format";
import { type NewCommit, walkPages } from "@landfall/client/create-client";
import { setCommits } from "@landfall/client/set-commits";
import { collect, optionalProjects, requireOrganization, take } from "../command/arguments.ts";
import { command, count, flag, required, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { createRelease, findRelease } from "../shipping/create-release.ts";
import { versionProblem } from "../shipping/propose-version.ts";
import type { SentryCommit, SentryDeploy, SentryReader, SentryRelease } from "../shipping/read-sentry.ts";
import { CliError } from "../system/errors.ts";

type ImportedRelease = { readonly version: string; readonly commits: number; readonly deploys: number };

type Imported = {
  /** The releases to which something was added, oldest first. */
  readonly imported: readonly ImportedRelease[];
  /** How many releases were complete before. */
  readonly unchanged: number;
  readonly dryRun: boolean;
  readonly warnings: readonly string[];
};

const DEFAULT_LIMIT = 100;

/** Copies releases with their commits and deploys from a server with Sentry's API. */
export const importSentry = command({
  describe: "copy releases with commits and deploys from Sentry or another server with its API",
  details: `Reads the newest releases of an organization through Sentry's API and creates them here, oldest first, in projects of the same slugs. With
-p, only releases of these projects. The token of the other server is read from SENTRY_SOURCE_TOKEN, or asked for; it needs project:read.

Sentry's API does not contain which commit changed which file, so files are not copied. Issues, events, and artifacts are not copied either.
Running the command again copies only what is missing; data that is here is not changed.`,
  arguments: { url: required("<url>", "the URL of the other server, such as https://sentry.io") },
  options: {
    fromOrganization: text("--from-org <slug>", "the slug of the organization there (default: that of --org)"),
    limit: count("--limit <count>", `how many releases to copy, the newest first (default: ${DEFAULT_LIMIT})`, DEFAULT_LIMIT, 1),
    createProject: flag("--create-project", "create projects that do not exist"),
  },
  examples: ["import sentry https://sentry.io --from-org acme --create-project", "import sentry https://sentry.io -p web --dry-run"],
  writes: true,
  hasDryRunResult: true,
  async run(context, { url, fromOrganization, limit, createProject }): Promise<Imported> {
    const organization = requireOrganization(context);
    checkUrl(url);
    const token = context.runtime.env["SENTRY_SOURCE_TOKEN"] || (await context.runtime.readSecret(`Token for ${url}: `)).trim();
    if (token === "") throw new CliError("auth", `No token for ${url}.`, "Set SENTRY_SOURCE_TOKEN.");
    const { sentryReader } = await import("../shipping/read-sentry.ts");
    const reader = sentryReader(context.runtime, { url, organization: fromOrganization ?? organization, token });
    const releases = await newestReleases(reader, optionalProjects(context), limit);

    const imported: ImportedRelease[] = [];
    let unchanged = 0;
    for (const [index, release] of releases.entries()) {
      const problem = versionProblem(release.version) ?? (release.projects.length === 0 ? "it has no projects" : null);
      if (problem !== null) {
        context.warn(`Skipped release "${release.version}", because ${problem}.`);
        continue;
      }
      const copied = await copyRelease(context, reader, { organization, release, createsProjects: createProject });
      if (copied === null) unchanged += 1;
      else imported.push({ version: release.version, ...copied });
      const outcome = copied === null ? "unchanged" : `${formatCount(copied.commits, "commit")}, ${formatCount(copied.deploys, "deploy")}`;
      context.info(`${index + 1}/${releases.length} ${release.version}: ${outcome}`);
    }
    return { imported, unchanged, dryRun: context.isDryRun, warnings: context.warnings };
  },
  print({ imported, unchanged, dryRun }) {
    const total = (key: "commits" | "deploys", noun: string) =>
      formatCount(
        imported.reduce((sum, release) => sum + release[key], 0),
        noun,
      );
    const copied = `${formatCount(imported.length, "release")} with ${total("commits", "commit")} and ${total("deploys", "deploy")}`;
    return `${dryRun ? "Would copy" : "Copied"} ${copied}.${unchanged === 0 ? "" : ` ${unchanged} unchanged.`}`;
  },
});

/** @throws CliError `usage` if this is not the URL of a server. */
function checkUrl(url: string): void {
  if (/^https?:\/\/[^/]+/.test(url) && URL.canParse(url)) return;
  throw new CliError("usage", `Invalid URL "${url}".`, "Pass the URL of the server, such as https://sentry.io.");
}

/** Returns the newest releases of the projects, oldest first; those with several projects once. */
async function newestReleases(reader: SentryReader, projects: readonly string[], limit: number): Promise<SentryRelease[]> {
  const found = new Map<string, SentryRelease>();
  for (const project of projects.length === 0 ? [undefined] : projects) {
    for (const release of (await take(reader.releases(project), limit)).items) {
      const known = projects.length === 0 ? release.projects : release.projects.filter((slug) => projects.includes(slug));
      found.set(release.version, { ...release, projects: known });
    }
  }
  return [...found.values()]
    .toSorted((a, b) => dateOf(b) - dateOf(a))
    .slice(0, limit)
    .toReversed();
}

const dateOf = ({ dateReleased, dateCreated }: SentryRelease): number => (dateReleased ?? dateCreated).getTime();

type Copy = { readonly organization: string; readonly release: SentryRelease; readonly createsProjects: boolean };

/** Copies what is missing of a release. Returns how much; null if nothing was missing. */
async function copyRelease(context: Context, reader: SentryReader, { organization, release, createsProjects }: Copy) {
  const { version, ref, url, dateReleased, projects } = release;
  const at = { organization, version };
  const existing = await findRelease(context, at);
  const isLinked = existing !== null && projects.every((slug) => existing.projects.some((project) => project.slug === slug));
  if (!isLinked) {
    const texts = existing === null ? { ref: ref ?? undefined, url: url ?? undefined } : {};
    await createRelease(context, { ...at, projects, ...texts }, createsProjects);
  }
  const hasCommits = existing !== null && existing.commitCount > 0;
  const commits = hasCommits || release.commitCount === 0 ? [] : (await collect(reader.commits(version))).map(newCommit);
  if (commits.length > 0) {
    await context.write("releases.update", { ...at, commits }, () =>
      setCommits(context.client, { ...at, commits, signal: context.runtime.signal }),
    );
  }
  const deploys = release.deployCount === 0 ? 0 : await copyDeploys(context, reader, { ...at, isNew: existing === null });
  const isFinalized = !dateReleased || (existing !== null && existing.dateReleased !== null);
  if (!isFinalized) {
    await context.write("releases.update", { ...at, dateReleased }, (input) => context.client.releases.update.mutate(input));
  }
  return isLinked && isFinalized && commits.length === 0 && deploys === 0 ? null : { commits: commits.length, deploys };
}

const UNKNOWN_REPOSITORY = "unknown";

const newCommit = ({ id, message, dateCreated, author, repository }: SentryCommit): NewCommit => ({
  id,
  repository: repository ?? UNKNOWN_REPOSITORY,
  message,
  timestamp: dateCreated,
  author_name: author.name,
  author_email: author.email,
});

type Target = { readonly organization: string; readonly version: string; readonly isNew: boolean };

/** Copies the deploys that are missing, oldest first. Deploys with the same environment and end are the same. */
async function copyDeploys(context: Context, reader: SentryReader, { isNew, ...at }: Target): Promise<number> {
  const known = new Set<string>();
  if (!isNew) {
    for await (const deploy of walkPages((cursor) => context.client.deploys.list.query({ ...at, all: true, cursor })))
      known.add(keyOf(deploy));
  }
  const missing = (await collect(reader.deploys(at.version))).filter((deploy) => !known.has(keyOf(deploy)));
  for (const { environment, name, url, dateStarted, dateFinished } of missing.toSorted(byEnd)) {
    const deploy = { ...at, environment, name, url, dateStarted, dateFinished };
    await context.write("deploys.create", deploy, (input) => context.client.deploys.create.mutate(input));
  }
  return missing.length;
}

const keyOf = ({ environment, dateFinished }: { readonly environment: string; readonly dateFinished: Date | string }): string =>
  `${environment}\n${new Date(dateFinished).toISOString()}`;

const byEnd = (a: SentryDeploy, b: SentryDeploy): number => a.dateFinished.getTime() - b.dateFinished.getTime();
