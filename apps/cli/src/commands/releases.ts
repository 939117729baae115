import { type Release, walkPages } from "@landfall/client/create-client";
import { optionalProjects, requireOrganization, requireProjects, requireVersion, take } from "../command/arguments.ts";
import { choice, command, count, flag, moment, repeated, required, text } from "../command/command.ts";
import { CliError } from "../system/errors.ts";
import { shortDate, table } from "../terminal/format.ts";

type Made = { readonly release: Release; readonly created: boolean };

/** Makes a release, or adds projects to the one there is. */
export const newRelease = command({
  describe: "make a release; made again, it only gains projects",
  arguments: { version: required("<version>", "the version, exactly as it is reported elsewhere") },
  options: {
    ref: text("--ref <ref>", "what it was built from: a tag, a branch or a sha"),
    url: text("--url <url>", "a page about it"),
    finalize: flag("--finalize", "released now; without it the release waits for `releases finalize`"),
  },
  examples: ["releases new web@1.4.0 -p web", "releases new 1.4.0 -p web -p api --ref main --finalize"],
  writes: true,
  async run(context, { version, ref, url, finalize }): Promise<Made | undefined> {
    const input = {
      organization: requireOrganization(context),
      version,
      projects: requireProjects(context),
      ...(ref === undefined ? {} : { ref }),
      ...(url === undefined ? {} : { url }),
      ...(finalize ? { dateReleased: context.world.now() } : {}),
    };
    return context.write("releases.create", input, (sent) => context.client.releases.create.mutate(sent));
  },
  print: ({ release, created }) =>
    `${created ? "Created" : "Found"} release ${release.version} in ${release.projects.map(({ slug }) => slug).join(", ")}`,
});

const LIMIT = 25;
const LONGEST_PAGE = 100;

/** Releases, the newest first. */
export const listReleases = command({
  describe: "list releases, the newest first",
  arguments: { query: text("[query]", "what to look for: part of a version, or terms such as release.package:web") },
  options: {
    environment: repeated("-e, --env <name>", "only those deployed there; repeat it for more"),
    status: choice("--status <status>", "which ones (open)", ["open", "archived", "all"]),
    sort: choice("--sort <order>", "the order (date)", ["date", "semver", "build"]),
    limit: count("--limit <count>", "how many (25)", LIMIT, 1),
  },
  examples: ["releases list", "releases list 1.4 -p web --limit 5", "releases list 'release.stage:adopted' --status all --json"],
  async run(context, { query, environment, status = "open", sort = "date", limit }): Promise<Release[]> {
    const projects = optionalProjects(context);
    const input = {
      organization: requireOrganization(context),
      status: status === "all" ? ("" as const) : status,
      sort,
      per_page: Math.min(limit, LONGEST_PAGE),
      ...(query === undefined ? {} : { query }),
      ...(projects.length > 0 ? { project: projects } : {}),
      ...(environment.length > 0 ? { environment: [...environment] } : {}),
    };
    const pages = walkPages((cursor) => context.client.releases.list.query(cursor === undefined ? input : { ...input, cursor }));
    const { items, hasMore } = await take(pages, limit);
    if (hasMore) context.say(`There are more than these ${limit}: use --limit to see them.`);
    return items;
  },
  print: (releases, paint) =>
    table(["VERSION", "RELEASED", "COMMITS", "LAST DEPLOY", "PROJECTS"], releases.map(rowOf), paint, "No releases."),
});

const rowOf = ({ version, status, dateReleased, commitCount, lastDeploy, projects }: Release): string[] => [
  status === "archived" ? `${version} (archived)` : version,
  dateReleased === null ? "unreleased" : shortDate(dateReleased),
  String(commitCount),
  lastDeploy === null ? "-" : `${lastDeploy.environment} ${shortDate(lastDeploy.dateFinished)}`,
  projects.map(({ slug }) => slug).join(", "),
];

/** Changes what is known of a release. */
export const updateRelease = command({
  describe: "change a release's ref, page, date or state",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  options: {
    ref: text("--ref <ref>", "what it was built from: a tag, a branch or a sha"),
    url: text("--url <url>", "a page about it"),
    released: moment("--released <time>", "when it was released: a date, a moment, or seconds since 1970"),
    status: choice("--status <status>", "its state", ["open", "archived"]),
  },
  examples: ["releases update web@1.4.0 --ref v1.4.0", "releases update web@1.4.0 --url https://example.com/notes/1.4.0"],
  writes: true,
  async run(context, { version, ref, url, released, status }): Promise<Release | undefined> {
    const changes = {
      ...(ref === undefined ? {} : { ref }),
      ...(url === undefined ? {} : { url }),
      ...(released === undefined ? {} : { dateReleased: released }),
      ...(status === undefined ? {} : { status }),
    };
    if (Object.keys(changes).length === 0) {
      throw new CliError("usage", "Nothing to change was given.", "Give one or more of --ref, --url, --released and --status.");
    }
    const input = { organization: requireOrganization(context), version: requireVersion(context, version), ...changes };
    return context.write("releases.update", input, (sent) => context.client.releases.update.mutate(sent));
  },
  print: ({ version }) => `Updated release ${version}`,
});

/** Says that a release is out. */
export const finalizeRelease = command({
  describe: "say that a release is out",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  options: {
    released: moment("--released <time>", "when it went out: a date, a moment, or seconds since 1970 (now)"),
    url: text("--url <url>", "a page about it"),
  },
  examples: ["releases finalize web@1.4.0", "releases finalize web@1.4.0 --released 2026-01-31T12:00:00Z"],
  writes: true,
  async run(context, { version, released, url }): Promise<Release | undefined> {
    const input = {
      organization: requireOrganization(context),
      version: requireVersion(context, version),
      dateReleased: released ?? context.world.now(),
      ...(url === undefined ? {} : { url }),
    };
    return context.write("releases.update", input, (sent) => context.client.releases.update.mutate(sent));
  },
  print: ({ version, dateReleased }) => `Finalized release ${version} at ${shortDate(dateReleased)}`,
});

/** Takes a release out of lists. */
export const archiveRelease = command({
  describe: "take a release out of lists; nothing is lost",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  examples: ["releases archive web@1.3.0"],
  writes: true,
  async run(context, { version }): Promise<Release | undefined> {
    const input = { organization: requireOrganization(context), version: requireVersion(context, version), status: "archived" as const };
    return context.write("releases.update", input, (sent) => context.client.releases.update.mutate(sent));
  },
  print: ({ version }) => `Archived release ${version}`,
});

/** Brings an archived release back. */
export const restoreRelease = command({
  describe: "bring an archived release back into lists",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  examples: ["releases restore web@1.3.0"],
  writes: true,
  async run(context, { version }): Promise<Release | undefined> {
    const input = { organization: requireOrganization(context), version: requireVersion(context, version), status: "open" as const };
    return context.write("releases.update", input, (sent) => context.client.releases.update.mutate(sent));
  },
  print: ({ version }) => `Restored release ${version}`,
});

type Deleted = { readonly version: string; readonly deleted: true };

/** Deletes a release for good. */
export const deleteRelease = command({
  describe: "delete a release with its commit list and deploys, for good",
  details: "On a terminal it asks first. The commits themselves stay: other releases may have them.",
  arguments: { version: required("<version>", "the version, exactly") },
  options: { yes: flag("-y, --yes", "do not ask") },
  examples: ["releases delete web@1.4.0-rc.1", "releases delete web@1.4.0-rc.1 --yes"],
  writes: true,
  async run(context, { version, yes }): Promise<Deleted | undefined> {
    const input = { organization: requireOrganization(context), version };
    if (
      !yes &&
      !context.isDryRun &&
      (await context.world.confirm(`Delete release ${version} of ${input.organization} for good?`)) === false
    ) {
      throw new CliError("failure", "Nothing was deleted.");
    }
    return context.write("releases.delete", input, async (sent) => {
      await context.client.releases.delete.mutate(sent);
      return { version, deleted: true as const };
    });
  },
  print: ({ version }) => `Deleted release ${version}`,
});
