import { type Inputs, type Release, walkPages } from "@landfall/client/create-client";
import type { ReleaseText } from "@landfall/schema/constants";
import { optionalProjects, requireOrganization, requireProjects, requireVersion, take } from "../command/arguments.ts";
import { choice, command, count, flag, timestamp, repeated, required, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { CliError } from "../system/errors.ts";
import { shortDate, table } from "../terminal/format.ts";

/** The options for the optional texts of a release. */
const textOptions = {
  ref: text("--ref <ref>", "what it was built from: a tag, a branch, or a commit hash"),
  url: text("--url <url>", "a link to information about the release"),
} satisfies Record<ReleaseText, unknown>;

type Created = { readonly release: Release; readonly created: boolean };

/** Creates a release, or adds projects to an existing one. */
export const newRelease = command({
  describe: "create a release, or add projects to an existing one",
  arguments: { version: required("<version>", "the version, exactly as in other reports") },
  options: {
    ...textOptions,
    finalize: flag("--finalize", "set the release date to now; otherwise use `releases finalize` later"),
  },
  examples: ["releases new web@1.4.0 -p web", "releases new 1.4.0 -p web -p api --ref main --finalize"],
  writes: true,
  async run(context, { version, finalize, ...texts }): Promise<Created | undefined> {
    const input = {
      organization: requireOrganization(context),
      version,
      projects: requireProjects(context),
      ...texts,
      dateReleased: finalize ? context.runtime.now() : undefined,
    };
    return context.write("releases.create", input, (sent) => context.client.releases.create.mutate(sent));
  },
  print: ({ release, created }) =>
    `${created ? "Created" : "Found"} release ${release.version} in ${release.projects.map(({ slug }) => slug).join(", ")}`,
});

const DEFAULT_LIMIT = 25;
const MAX_PAGE_SIZE = 100;

/** Lists releases, newest first. */
export const listReleases = command({
  describe: "list releases, newest first",
  arguments: { query: text("[query]", "part of a version, or filters such as release.package:web") },
  options: {
    environment: repeated("-e, --env <name>", "only releases deployed there; may be repeated"),
    status: choice("--status <status>", "the status of the releases (default: open)", ["open", "archived", "all"]),
    sort: choice("--sort <order>", "the order (default: date)", ["date", "semver", "build"]),
    limit: count("--limit <count>", "the most releases to list (default: 25)", DEFAULT_LIMIT, 1),
  },
  examples: ["releases list", "releases list 1.4 -p web --limit 5", "releases list 'release.stage:adopted' --status all --json"],
  async run(context, { query, environment, status = "open", sort = "date", limit }): Promise<Release[]> {
    const projects = optionalProjects(context);
    const input = {
      organization: requireOrganization(context),
      status: status === "all" ? ("" as const) : status,
      sort,
      per_page: Math.min(limit, MAX_PAGE_SIZE),
      query,
      project: projects.length > 0 ? projects : undefined,
      environment: environment.length > 0 ? [...environment] : undefined,
    };
    const pages = walkPages((cursor) => context.client.releases.list.query({ ...input, cursor }));
    const { items, hasMore } = await take(pages, limit);
    if (hasMore) context.info(`Only the first ${limit} releases are shown. Use --limit to show more.`);
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

/** Changes properties of a release. */
export const updateRelease = command({
  describe: "change the ref, link, release date, or status of a release",
  arguments: { version: text("[version]", "the version (default: LANDFALL_RELEASE or SENTRY_RELEASE)") },
  options: {
    ...textOptions,
    released: timestamp("--released <time>", "the release date: a date, a time, or seconds since 1970"),
    status: choice("--status <status>", "the status", ["open", "archived"]),
  },
  examples: ["releases update web@1.4.0 --ref v1.4.0", "releases update web@1.4.0 --url https://example.com/notes/1.4.0"],
  writes: true,
  async run(context, { version, released, status, ...texts }): Promise<Release | undefined> {
    const changes = { ...texts, dateReleased: released, status };
    if (Object.values(changes).every((value) => value === undefined)) {
      const flags = [...Object.values(textOptions).map((option) => option.flags.replace(/ .*/, "")), "--released", "--status"];
      throw new CliError("usage", "No changes specified.", `Use one or more of ${new Intl.ListFormat("en-US").format(flags)}.`);
    }
    const input = { organization: requireOrganization(context), version: requireVersion(context, version), ...changes };
    return sendUpdate(context, input);
  },
  print: ({ version }) => `Updated release ${version}`,
});

/** Sets the release date. */
export const finalizeRelease = command({
  describe: "finalize a release: set its release date",
  arguments: { version: text("[version]", "the version (default: LANDFALL_RELEASE or SENTRY_RELEASE)") },
  options: {
    released: timestamp("--released <time>", "the release date: a date, a time, or seconds since 1970 (default: now)"),
    url: text("--url <url>", "a link to information about the release"),
  },
  examples: ["releases finalize web@1.4.0", "releases finalize web@1.4.0 --released 2026-01-31T12:00:00Z"],
  writes: true,
  async run(context, { version, released, url }): Promise<Release | undefined> {
    const input = {
      organization: requireOrganization(context),
      version: requireVersion(context, version),
      dateReleased: released ?? context.runtime.now(),
      url,
    };
    return sendUpdate(context, input);
  },
  print: ({ version, dateReleased }) => `Finalized release ${version} at ${shortDate(dateReleased)}`,
});

/** Archives a release. */
export const archiveRelease = command({
  describe: "hide a release from default lists; nothing is deleted",
  arguments: { version: text("[version]", "the version (default: LANDFALL_RELEASE or SENTRY_RELEASE)") },
  examples: ["releases archive web@1.3.0"],
  writes: true,
  async run(context, { version }): Promise<Release | undefined> {
    return sendUpdate(context, {
      organization: requireOrganization(context),
      version: requireVersion(context, version),
      status: "archived",
    });
  },
  print: ({ version }) => `Archived release ${version}`,
});

/** Restores an archived release. */
export const restoreRelease = command({
  describe: "show an archived release in default lists again",
  arguments: { version: text("[version]", "the version (default: LANDFALL_RELEASE or SENTRY_RELEASE)") },
  examples: ["releases restore web@1.3.0"],
  writes: true,
  async run(context, { version }): Promise<Release | undefined> {
    return sendUpdate(context, { organization: requireOrganization(context), version: requireVersion(context, version), status: "open" });
  },
  print: ({ version }) => `Restored release ${version}`,
});

const sendUpdate = (context: Context, changes: Inputs["releases"]["update"]): Promise<Release | undefined> =>
  context.write("releases.update", changes, (input) => context.client.releases.update.mutate(input));

type Deleted = { readonly version: string; readonly deleted: true };

/** Deletes a release permanently. */
export const deleteRelease = command({
  describe: "permanently delete a release with its commit list and deploys",
  details: "Asks for confirmation on a terminal. The commits themselves are kept, because other releases may have them.",
  arguments: { version: required("<version>", "the exact version") },
  options: { yes: flag("-y, --yes", "do not ask for confirmation") },
  examples: ["releases delete web@1.4.0-rc.1", "releases delete web@1.4.0-rc.1 --yes"],
  writes: true,
  async run(context, { version, yes }): Promise<Deleted | undefined> {
    const input = { organization: requireOrganization(context), version };
    if (
      !yes &&
      !context.isDryRun &&
      (await context.runtime.confirm(`Permanently delete release ${version} of ${input.organization}?`)) === false
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
