import type { NewCommit, Release } from "@landfall/client/create-client";
import { isLandfallError } from "@landfall/client/landfall-error";
import { setCommits } from "@landfall/client/set-commits";
import { MAX_COMMITS } from "@landfall/schema/constants";
import type { Context } from "../command/context.ts";
import type { Repository } from "../git/open-repository.ts";
import type { CommitRange } from "./find-range.ts";

type Target = { readonly organization: string; readonly version: string };

/** Reads a range from git and makes it the release's commits. Answers how many; for none it leaves the release's list alone. */
export async function sendCommits(context: Context, repository: Repository, range: CommitRange, target: Target): Promise<number> {
  const total = await repository.count(range);
  if (total === 0) return 0;
  if (total === MAX_COMMITS) {
    context.warn(`Only the newest ${MAX_COMMITS} commits are sent.`);
  }
  const reading = context.progress("reading commits");
  const commits: NewCommit[] = [];
  try {
    for await (const commit of repository.log(range)) {
      commits.push(commit);
      if (commits.length % 200 === 0) reading.show(commits.length, total);
    }
  } finally {
    reading.end();
  }
  const sending = context.progress("sending commits");
  try {
    await context.write("releases.update", { ...target, commits }, () =>
      setCommits(context.client, {
        ...target,
        commits,
        signal: context.world.signal,
        onProgress: ({ stored, total: all }) => sending.show(stored, all),
      }),
    );
  } finally {
    sending.end();
  }
  return commits.length;
}

type Wanted = { readonly organization: string; readonly version: string; readonly projects: readonly string[] };

/** How many earlier releases are looked at, and how many a page of them holds. */
const LOOKED_AT = 5;

const PAGE = 20;

/**
 * The releases before this one that have commits, the nearest first. A dry run asks before the release is made; then the newest other
 * release of the projects stands in for the nearest.
 */
export async function* earlierReleases(
  { client, isDryRun }: Context,
  { organization, version, projects }: Wanted,
): AsyncGenerator<Release, void, undefined> {
  const seen = new Set([version]);
  const before = async (later: string): Promise<Release | null> =>
    client.releases.previousWithCommits.query({ organization, version: later });
  let release = await before(version).catch(async (error: unknown) => {
    if (!isDryRun || !isLandfallError(error) || error.code !== "not_found") throw error;
    const { items } = await client.releases.list.query({ organization, project: [...projects], per_page: PAGE });
    return items.find((other) => other.version !== version && other.lastCommit !== null) ?? null;
  });
  for (let count = 0; release !== null && !seen.has(release.version) && count < LOOKED_AT; count += 1) {
    seen.add(release.version);
    yield release;
    release = await before(release.version);
  }
}
