import { type LandfallClient, type Outputs, type Release, walkPages } from "@landfall/client/create-client";
import { requireOrganization, takeAll } from "../command/arguments.ts";
import { command, required } from "../command/command.ts";
import { shortDate, table } from "../terminal/format.ts";

type Commit = Outputs["commits"]["ofRelease"]["items"][number];

/** The head of a repository in each of two releases; null where a release has no commits of it. */
type Heads = { readonly repository: string; readonly base: string | null; readonly head: string | null };

type Compared = {
  readonly base: string;
  readonly head: string;
  readonly repositories: readonly Heads[];
  /** The commits that the head has and the base has not, the newest first. */
  readonly commits: readonly Commit[];
  /** The releases whose commits these are. */
  readonly releases: readonly string[];
  /** Whether every release from the head back to the base was looked at; else the commits are only those of the head. */
  readonly isComplete: boolean;
};

/** How many releases between the two are looked at. */
const MOST_RELEASES = 50;

/** What one release has that another has not. */
export const compareRefs = command({
  describe: "show what one release has that another has not",
  details: `A release lists the commits since the one before it, so the releases between the two are looked at as well: from the head
back to the base, by the dates they were released. The base may be an older or a newer release.`,
  arguments: { base: required("<base>", "the version to compare with"), head: required("<head>", "the version in question") },
  examples: ["releases compare-refs web@1.3.0 web@1.4.0", "releases compare-refs web@1.3.0 web@1.4.0 --json"],
  run: async (context, versions): Promise<Compared> => compare(context.client, { organization: requireOrganization(context), ...versions }),
  print({ base, head, repositories, commits, isComplete }, paint) {
    const rows = commits.map(({ id, repository, dateCreated, message }) => [
      id.slice(0, 12),
      repository.name,
      shortDate(dateCreated),
      message ?? "",
    ]);
    const heads = repositories.map((one) => [one.repository, one.base?.slice(0, 12) ?? "-", one.head?.slice(0, 12) ?? "-"]);
    return [
      table(["REPOSITORY", base, head], heads, paint, "Neither release has commits."),
      "",
      table(["COMMIT", "REPOSITORY", "DATE", "MESSAGE"], rows, paint, `${head} has no commits that ${base} has not.`),
      ...(isComplete
        ? []
        : ["", `${base} was not found among the releases before ${head}: only the commits of ${head} itself are compared.`]),
    ].join("\n");
  },
});

type Pair = { readonly organization: string; readonly base: string; readonly head: string };

async function compare(client: LandfallClient, { organization, base, head }: Pair): Promise<Compared> {
  const [baseRelease, headRelease] = await Promise.all([base, head].map((version) => client.releases.get.query({ organization, version })));
  if (!baseRelease || !headRelease) throw new Error("two releases were asked for");
  const chain = await releasesBetween(client, organization, baseRelease, headRelease);
  const versions = chain ?? [headRelease.version];
  const commitsOf = (version: string) =>
    takeAll(walkPages((cursor) => client.commits.ofRelease.query({ organization, version, ...(cursor === undefined ? {} : { cursor }) })));
  const inBase = await commitsOf(baseRelease.version);
  const inHead: Commit[][] = [];
  for (const version of versions) inHead.push(await commitsOf(version));
  const known = new Set(inBase.map(keyOf));
  const news = new Map(inHead.flat().flatMap((commit) => (known.has(keyOf(commit)) ? [] : [[keyOf(commit), commit] as const])));
  return {
    base: baseRelease.version,
    head: headRelease.version,
    repositories: headsOf(inBase, inHead.flat()),
    commits: [...news.values()],
    releases: versions,
    isComplete: chain !== null,
  };
}

/** The versions from the head back to the base, without it; null when the way does not lead there. */
async function releasesBetween(client: LandfallClient, organization: string, base: Release, head: Release): Promise<string[] | null> {
  const versions: string[] = [];
  let release: Release | null = head;
  while (release !== null && versions.length < MOST_RELEASES && !versions.includes(release.version)) {
    if (release.version === base.version) return versions;
    versions.push(release.version);
    release = await client.releases.previousWithCommits.query({ organization, version: release.version });
  }
  return null;
}

/** Lists are newest first, so the first commit of a repository is its head. */
function headsOf(inBase: readonly Commit[], inHead: readonly Commit[]): Heads[] {
  const firsts = (commits: readonly Commit[]) => new Map(commits.toReversed().map(({ repository, id }) => [repository.name, id]));
  const [base, head] = [firsts(inBase), firsts(inHead)];
  const names = [...new Set([...base.keys(), ...head.keys()])].toSorted((a, b) => (a < b ? -1 : 1));
  return names.map((repository) => ({ repository, base: base.get(repository) ?? null, head: head.get(repository) ?? null }));
}

/** A sha is unique only within its repository. */
const keyOf = ({ id, repository }: Commit): string => `${repository.id}:${id}`;
