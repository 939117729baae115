import { type Outputs, type Release, walkPages } from "@landfall/client/create-client";
import { RELEASE_TEXTS } from "@landfall/schema/constants";
import { collect, releaseUrl, requireOrganization, requireVersion } from "../command/arguments.ts";
import { command, flag, text } from "../command/command.ts";
import { facts, shortDate, table } from "../terminal/format.ts";

type Commit = Outputs["commits"]["ofRelease"]["items"][number];
type Deploy = Outputs["deploys"]["list"]["items"][number];
type Shown = Release & { readonly page: string; readonly deploys?: readonly Deploy[]; readonly commits?: readonly Commit[] };

/** Shows one release. */
export const showRelease = command({
  describe: "show a release with its status, projects, commits, and deploys",
  arguments: { version: text("[version]", "the version (default: LANDFALL_RELEASE or SENTRY_RELEASE)") },
  options: {
    commits: flag("-C, --commits", "include the commits"),
    deploys: flag("-D, --deploys", "include all deploys"),
  },
  examples: ["releases show web@1.4.0", "releases show web@1.4.0 --commits --deploys --json"],
  async run(context, { version, commits, deploys }): Promise<Shown> {
    const at = { organization: requireOrganization(context), version: requireVersion(context, version) };
    const { client, settings } = context;

    const [release, allCommits, allDeploys] = await Promise.all([
      client.releases.get.query(at),
      commits ? collect(walkPages((cursor) => client.commits.ofRelease.query({ ...at, cursor }))) : undefined,
      deploys ? collect(walkPages((cursor) => client.deploys.list.query({ ...at, cursor, all: true }))) : undefined,
    ]);
    return {
      ...release,
      page: releaseUrl(settings.url?.value ?? "", at.organization, release.version),
      commits: allCommits,
      deploys: allDeploys,
    };
  },
  print(shown, paint) {
    const { deploys, commits } = shown;
    return [
      facts(factsOf(shown), paint),
      ...(deploys ? ["", table(["ENVIRONMENT", "NAME", "FINISHED", "URL"], deploys.map(deployRow), paint, "No deploys.")] : []),
      ...(commits ? ["", table(["COMMIT", "DATE", "AUTHOR", "MESSAGE"], commits.map(commitRow), paint, "No commits.")] : []),
    ].join("\n");
  },
});

const factsOf = (release: Shown): [string, string | null][] => [
  ["version", release.version],
  ["page", release.page],
  ["status", release.status],
  ["projects", release.projects.map(({ slug }) => slug).join(", ")],
  ["created", shortDate(release.dateCreated)],
  ["released", release.dateReleased === null ? "not yet" : shortDate(release.dateReleased)],
  ...RELEASE_TEXTS.map((name): [string, string | null] => [name, release[name]]),
  ["commits", String(release.commitCount)],
  [
    "last commit",
    release.lastCommit === null
      ? null
      : `${release.lastCommit.id.slice(0, 12)} ${release.lastCommit.message?.split("\n", 1)[0] ?? ""}`.trim(),
  ],
  ["authors", release.authors.map(nameOf).join(", ") || null],
  ["deploys", String(release.deployCount)],
  [
    "last deploy",
    release.lastDeploy === null ? null : `${release.lastDeploy.environment} at ${shortDate(release.lastDeploy.dateFinished)}`,
  ],
];

const deployRow = ({ environment, name, dateFinished, url }: Deploy): string[] => [
  environment,
  name ?? "-",
  shortDate(dateFinished),
  url ?? "-",
];

const commitRow = ({ id, dateCreated, author, message }: Commit): string[] => [
  id.slice(0, 12),
  shortDate(dateCreated),
  nameOf(author) || "-",
  message ?? "",
];

const nameOf = ({ name, email }: { readonly name?: string | null; readonly email?: string }): string => name || email || "";
