import { type LandfallClient, type Outputs, type Release, walkPages } from "@landfall/client/create-client";
import { collect, requireOrganization } from "../command/arguments.ts";
import { command, required } from "../command/command.ts";
import { shortDate, table } from "../terminal/format.ts";

type Commit = Outputs["commits"]["ofRelease"]["items"][number];

/** The head commit of a repository in each release; null where a release has no commits of it. */
type Heads = { readonly repository: string; readonly base: string | null; readonly head: string | null };

type Comparison = {
  readonly base: string;
  readonly head: string;
  readonly repositories: readonly Heads[];
  /** The commits that the head has and the base does not, newest first. */
  readonly commits: readonly Commit[];
  /** The releases that these commits belong to. */
  readonly releases: readonly string[];
  /** Whether all releases from the head back to the base were read; if not, the commits are only those of the head. */
  readonly isComplete: boolean;
};

/** The most releases read between the two. */
const MAX_RELEASES = 50;

/** Lists the commits that one release has and another does not. */
export const compareRefs = command({
  describe: "list the commits that one release has and another does not",
  details: `A release lists the commits since the previous release, so the releases between the two are read as well: from the head
back to the base, by release date. The base may be an older or a newer release.`,
  arguments: { base: required("<base>", "the version to compare with"), head: required("<head>", "the version to compare") },
  examples: ["releases compare-refs web@1.3.0 web@1.4.0", "releases compare-refs web@1.3.0 web@1.4.0 --json"],
  run: async (context, versions): Promise<Comparison> =>
    compare(context.client, { organization: requireOrganization(context), ...versions }),
  print({ base, head, repositories, commits, isComplete }, paint) {
    const rows = commits.map(({ id, repository, dateCreated, message }) => [
      id.slice(0, 12),
      repository.name,
      shortDate(dateCreated),
      message ?? "",
    ]);
    const headRows = repositories.map((heads) => [heads.repository, heads.base?.slice(0, 12) ?? "-", heads.head?.slice(0, 12) ?? "-"]);
    return [
      table(["REPOSITORY", base, head], headRows, paint, "Neither release has commits."),
      "",
      table(["COMMIT", "REPOSITORY", "DATE", "MESSAGE"], rows, paint, `${head} has no commits that ${base} does not have.`),
      ...(isComplete
        ? []
        : ["", `${base} was not found among the releases before ${head}, so only the commits of ${head} itself are compared.`]),
    ].join("\n");
  },
});

type Pair = { readonly organization: string; readonly base: string; readonly head: string };

async function compare(client: LandfallClient, { organization, base, head }: Pair): Promise<Comparison> {
  const [baseRelease, headRelease] = await Promise.all([base, head].map((version) => client.releases.get.query({ organization, version })));
  if (!baseRelease || !headRelease) throw new Error("expected two releases");
  const chain = await releasesBetween(client, organization, baseRelease, headRelease);
  const versions = chain ?? [headRelease.version];
  const commitsOf = (version: string) => collect(walkPages((cursor) => client.commits.ofRelease.query({ organization, version, cursor })));
  const inBase = await commitsOf(baseRelease.version);
  const inHead: Commit[][] = [];
  for (const version of versions) inHead.push(await commitsOf(version));
  const baseKeys = new Set(inBase.map(keyOf));
  const added = new Map(inHead.flat().flatMap((commit) => (baseKeys.has(keyOf(commit)) ? [] : [[keyOf(commit), commit] as const])));
  return {
    base: baseRelease.version,
    head: headRelease.version,
    repositories: headsOf(inBase, inHead.flat()),
    commits: [...added.values()],
    releases: versions,
    isComplete: chain !== null,
  };
}

/** Returns the versions from the head back to the base, without the base; null if the base is not reached. */
async function releasesBetween(client: LandfallClient, organization: string, base: Release, head: Release): Promise<string[] | null> {
  const versions: string[] = [];
  let release: Release | null = head;
  while (release !== null && versions.length < MAX_RELEASES && !versions.includes(release.version)) {
    if (release.version === base.version) return versions;
    versions.push(release.version);
    release = await client.releases.previousWithCommits.query({ organization, version: release.version });
  }
  return null;
}

/** Lists are newest first, so the first commit of a repository is its head commit. */
function headsOf(inBase: readonly Commit[], inHead: readonly Commit[]): Heads[] {
  const firsts = (commits: readonly Commit[]) => new Map(commits.toReversed().map(({ repository, id }) => [repository.name, id]));
  const [base, head] = [firsts(inBase), firsts(inHead)];
  const names = [...new Set([...base.keys(), ...head.keys()])].toSorted((a, b) => (a < b ? -1 : 1));
  return names.map((repository) => ({ repository, base: base.get(repository) ?? null, head: head.get(repository) ?? null }));
}

/** A hash is unique only within its repository. */
const keyOf = ({ id, repository }: Commit): string => `${repository.id}:${id}`;
